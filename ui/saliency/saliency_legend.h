// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/explainer.h"

#include <QWidget>

class QLabel;
class QSlider;
class QToolButton;

namespace reslens {

class ColorBar;
class SubjectLine;

/// Below the picture: what the map over it explains, its colours in numbers, and how strongly it is laid
/// over. There only while a map is wanted.
class SaliencyLegend : public QWidget
{
    Q_OBJECT

public:
    explicit SaliencyLegend(Explainer &explainer, QWidget *parent = nullptr);

    /// Of the map over the picture, 0 to 1.
    double opacity() const;

signals:
    void opacityChanged();
    void saveRequested();

private:
    void refresh();

    Explainer &m_explainer;
    QLabel *m_title;
    QLabel *m_subject;
    QToolButton *m_all; ///< there while the map is of one block
    SubjectLine *m_line;
    ColorBar *m_bar;
    QLabel *m_remark;
    QSlider *m_opacity;
    QToolButton *m_save;
};

} // namespace reslens
