// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"

#include <QWidget>

namespace reslens {

/// The colours of a map with its raw least and greatest value. Only the part of the scale that the map uses
/// is filled, with a pointed end where values lie beyond it; 0 is marked, for signed maps in the exact
/// middle.
class ColorBar : public QWidget
{
    Q_OBJECT

public:
    explicit ColorBar(QWidget *parent = nullptr);

    /// Null shows an empty bar.
    void setExplanation(const ExplanationPtr &explanation);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void sharpen(QPainter &painter, int tip, int shoulder) const;

    ExplanationPtr m_explanation;
};

} // namespace reslens
