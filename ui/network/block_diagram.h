// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/network/block_graph.h"

#include <QWidget>
#include <optional>

namespace reslens {

/// The drawing of one block: a box an operation, written with as much as there is room for. A click or Enter
/// opens the tensor that an operation puts out; left and right go from one to the next.
class BlockDiagram : public QWidget
{
    Q_OBJECT

public:
    explicit BlockDiagram(QWidget *parent = nullptr);

    /// Null clears it.
    void setBlock(const ModelSummaryPtr &model, int block);
    const BlockGraph &graph() const { return m_graph; }
    /// The operation's box, in the widget's pixels.
    QRectF box(int node) const { return m_drawing.boxes[std::size_t(node)]; }

    /// So that a line has room in each box, whatever the type.
    QSize minimumSizeHint() const override { return fontMetrics().height() * QSize(13, 8); }

signals:
    /// What the operation under the pointer or the keyboard is, in words; empty without one.
    void pointed(const QString &readout);
    /// The user wants to see this tensor.
    void opened(const QString &address);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void arrange();
    void point(std::optional<int> node);
    void paintBox(QPainter &painter, int node) const;
    void paintArrow(QPainter &painter, const QPolygonF &arrow) const;
    std::optional<int> nodeAt(const QPointF &point) const;

    ModelSummaryPtr m_model;
    int m_block = -1;
    BlockGraph m_graph;
    BlockDrawing m_drawing;
    std::optional<int> m_pointed;
};

} // namespace reslens
