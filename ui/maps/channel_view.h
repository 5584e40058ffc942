// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/colormap.h"
#include "ui/widgets/zoom_view.h"
#include "ui/worker/results.h"

#include <optional>

namespace reslens {

/// One channel, large: cells with hard edges, their values in them once there is room. Zoom with the wheel or
/// + and -, pan by dragging; the pointer or the arrow keys pick a unit.
class ChannelView : public ZoomView
{
    Q_OBJECT

public:
    explicit ChannelView(QWidget *parent = nullptr);

    /// Null maps show an empty patch. The view stays where it is for a map of the same size.
    void setChannel(const BlockMapsPtr &maps, int position, int channel, const ColorScale &scale);

    /// The unit under the pointer or the keyboard as (column, row).
    std::optional<QPoint> unit() const { return m_unit; }
    void pick(std::optional<QPoint> unit);
    /// The picture as it is shown, without a picked unit.
    const QImage &picture() const { return m_picture; }
    /// On the screen, in device-independent pixels.
    double mapWidth() const { return m_transform.pictureRect().width(); }
    /// Column and row of the map under a point of the widget; nothing outside.
    std::optional<QPoint> unitAt(QPointF point) const;

    QSize minimumSizeHint() const override { return {160, 120}; }

signals:
    void unitChanged();
    /// The map is being dragged out of the window.
    void dragStarted();
    /// Page up (-1) or down (+1): the channel before or after this one.
    void stepRequested(int by);
    void copyRequested();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    double nearScale() const override { return 4 * m_transform.scale(); }
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const BlockMaps::Map &map() const { return m_maps->maps[std::size_t(m_position)]; }
    QRectF cellRect(QPoint unit) const;
    void paintValues(QPainter &painter) const;

    BlockMapsPtr m_maps;
    int m_position = 0;
    int m_channel = 0;
    QImage m_picture;
    /// Pixels of the network's input that a cell takes; they are the picture's units, so that maps of all
    /// sizes zoom alike.
    double m_step = 1;
    std::optional<QPoint> m_unit;
    std::optional<QPointF> m_pressed; ///< where a drag out of the window may begin
};

} // namespace reslens
