// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"

#include <QWidget>

namespace reslens {

/// The colours of a map with its raw least and greatest value. Only the part of the scale that the map uses
/// is filled, with a pointed end where values lie beyond it. Where a map has both signs, 0 is marked in the
/// exact middle, otherwise it is an end of the bar.
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
    /// The values at the ends of the bar.
    struct Axis
    {
        float low;
        float high;
    };

    Axis axis() const;
    /// The least and the greatest value, in the longest words that fit.
    std::pair<QString, QString> numbers(int room) const;
    /// Below the pixels of the least and greatest value and of 0.
    void paintNumbers(QPainter &painter, int first, int last, int zero) const;
    /// Of a map of one sign.
    void paintNumbers(QPainter &painter) const;
    void sharpen(QPainter &painter, int tip, int shoulder) const;

    ExplanationPtr m_explanation;
};

} // namespace reslens
