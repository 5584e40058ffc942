// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "ui/worker/results.h"

#include <QWidget>

class QLabel;
class QStackedWidget;

namespace reslens {

class ChannelView;
class ScaleBar;

/// One of the maps that stand side by side: its title, the map with its scale, and the value of the picked
/// unit; or, in the map's place, why there is none.
class ComparedView : public QWidget
{
    Q_OBJECT

public:
    /// `letter`: "A", "B", "A − B".
    explicit ComparedView(const QString &letter, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// What the map is of, small beside the title.
    void setPicture(const QImage &picture);
    void setChannel(const BlockMapsPtr &maps, int position, int channel, const ColorScale &scale);
    /// Instead of a map.
    void setMessage(const QString &text);
    /// Below the map as long as no unit is picked.
    void setFigures(const QString &text);
    ChannelView *view() { return m_view; }
    /// Address and value of the picked unit; empty without one.
    QString readout() const;

    /// From now on both show the same part of their maps, and the same unit is picked in both if their maps
    /// are of the same size.
    static void link(ComparedView *one, ComparedView *other);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void onUnit();
    void followUnit(const ComparedView &other);

    BlockMapsPtr m_maps;
    int m_position = 0;
    int m_channel = 0;
    QString m_figures;
    QLabel *m_title;
    QLabel *m_picture;
    QLabel *m_message;
    QLabel *m_readout;
    ChannelView *m_view;
    ScaleBar *m_bar;
    QStackedWidget *m_stack;
};

} // namespace reslens
