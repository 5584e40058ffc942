// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"

#include <QWidget>

namespace reslens {

/// A colour scale with its ends and its middle in numbers, upright or lying.
class ScaleBar : public QWidget
{
    Q_OBJECT

public:
    explicit ScaleBar(QWidget *parent = nullptr);

    void setScale(const ColorScale &scale);
    void setOrientation(Qt::Orientation orientation);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ColorScale m_scale;
    Qt::Orientation m_orientation = Qt::Horizontal;
};

} // namespace reslens
