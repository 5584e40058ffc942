// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QWidget>

namespace reslens {

/// A block's mean map, enlarged with hard pixel edges, with its colour scale in numbers.
class MapView : public QWidget
{
    Q_OBJECT

public:
    explicit MapView(QWidget *parent = nullptr);

    /// Null shows an empty patch.
    void setSummary(const BlockSummaryPtr &summary);

    /// Of the map and its scale, for a map that is as high as wide.
    int widthFor(int height) const { return height + scaleWidth(); }
    QSize minimumSizeHint() const override { return {widthFor(80), 80}; }

    /// Row and column of the map under a point of the widget, as (x, y); nothing outside.
    std::optional<QPoint> positionAt(QPointF point) const;

signals:
    /// What lies under the pointer, in words; empty when it leaves the map.
    void pointed(const QString &readout);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QRect mapRect() const;
    int scaleWidth() const;
    void paintScale(QPainter &painter, const QRect &map) const;

    BlockSummaryPtr m_summary;
};

} // namespace reslens
