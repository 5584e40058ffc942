// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_diagram.h"

#include "ui/theme/appearance.h"
#include "ui/widgets/focus_ring.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace reslens {

BlockDiagram::BlockDiagram(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Operations inside the selected block"));
    new FocusRing(this);
}

void BlockDiagram::setBlock(const ModelSummaryPtr &model, int block)
{
    if (model == m_model && block == m_block)
        return;
    m_model = model;
    m_block = block;
    m_graph = model ? graphOf(*model, block) : BlockGraph();
    m_pointed.reset();
    arrange();
}

void BlockDiagram::arrange()
{
    m_drawing = BlockDrawing();
    if (!m_graph.nodes.empty()) {
        const QFontMetricsF metrics(font());
        const DrawingMetrics measures{
            [metrics](const QString &text) { return metrics.horizontalAdvance(text); }, metrics.height()};
        // One pixel on all sides is the frame's.
        m_drawing = drawBlock(m_graph, QSizeF(contentsRect().size()) - QSizeF(2, 2), measures);
    }
    update();
}

std::optional<int> BlockDiagram::nodeAt(const QPointF &point) const
{
    for (std::size_t i = 0; i < m_drawing.boxes.size(); ++i)
        if (m_drawing.boxes[i].translated(1, 1).contains(point))
            return int(i);
    return {};
}

void BlockDiagram::point(std::optional<int> node)
{
    if (node == m_pointed)
        return;
    m_pointed = node;
    const QString text = node ? m_graph.nodes[std::size_t(*node)].explanation : QString();
    setAccessibleDescription(text);
    setCursor(node ? Qt::PointingHandCursor : Qt::ArrowCursor);
    emit pointed(QString(text).replace(u'\n', QStringLiteral(" · ")));
    update();
}

void BlockDiagram::paintBox(QPainter &painter, int node) const
{
    const GraphNode &drawn = m_graph.nodes[std::size_t(node)];
    const QRectF box = m_drawing.boxes[std::size_t(node)];
    const QColor accent = palette().color(QPalette::Highlight);
    const QColor window = palette().color(QPalette::Window);
    QColor fill = faint(palette(), drawn.operation == Operation::Convolution ? 0.13 : 0.06);
    if (drawn.address.endsWith(QLatin1String("/residual")))
        fill = blend(window, accent, 0.35);
    const bool marked = m_pointed == node;
    painter.setPen(marked ? QPen(accent, 2) : QPen(faint(palette(), 0.22), 1));
    painter.setBrush(fill);
    const double radius = drawn.operation == Operation::ResidualAddition ? box.width() / 2 : 3;
    painter.drawRoundedRect(box, radius, radius);

    const QStringList &lines = m_drawing.lines[std::size_t(node)];
    const double line = QFontMetricsF(font()).height();
    QRectF text(box.left(), box.center().y() - line * double(lines.size()) / 2, box.width(), line);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        painter.setPen(i == 0 ? palette().color(QPalette::WindowText) : quietText(palette()));
        painter.drawText(text, Qt::AlignCenter, lines[i]);
        text.translate(0, line);
    }
}

void BlockDiagram::paintArrow(QPainter &painter, const QPolygonF &arrow) const
{
    painter.setPen(QPen(faint(palette(), 0.5), std::max(1.0, fontMetrics().height() / 20.0)));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(arrow);
    const QPointF tip = arrow.last();
    const QPointF back = arrow[arrow.size() - 2] - tip;
    const double length = std::max(1.0, std::hypot(back.x(), back.y()));
    const QPointF along = back / length * std::min(0.25 * fontMetrics().height(), length);
    const QPointF across(-along.y(), along.x());
    painter.drawPolyline(QPolygonF{tip + along + 0.7 * across, tip, tip + along - 0.7 * across});
}

void BlockDiagram::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(1, 1);
    for (const QPolygonF &arrow : m_drawing.arrows)
        paintArrow(painter, arrow);
    for (int node = 0; node < int(m_drawing.boxes.size()); ++node)
        paintBox(painter, node);
}

bool BlockDiagram::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const std::optional<int> node = nodeAt(help->pos()))
        QToolTip::showText(help->globalPos(),
                           m_graph.nodes[std::size_t(*node)].explanation +
                               tr("\nClick to see its feature maps"),
                           this, box(*node).toAlignedRect());
    else
        QToolTip::hideText();
    return true;
}

void BlockDiagram::resizeEvent(QResizeEvent *)
{
    arrange();
}

void BlockDiagram::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        arrange();
}

void BlockDiagram::mouseMoveEvent(QMouseEvent *event)
{
    point(nodeAt(event->position()));
}

void BlockDiagram::mouseReleaseEvent(QMouseEvent *event)
{
    if (const std::optional<int> node = nodeAt(event->position()); node && event->button() == Qt::LeftButton)
        emit opened(m_graph.nodes[std::size_t(*node)].address);
}

void BlockDiagram::leaveEvent(QEvent *)
{
    point({});
}

void BlockDiagram::keyPressEvent(QKeyEvent *event)
{
    const int count = int(m_graph.nodes.size());
    const bool forward = event->key() == Qt::Key_Right;
    if (count > 0 && (forward || event->key() == Qt::Key_Left))
        point(m_pointed ? std::clamp(*m_pointed + (forward ? 1 : -1), 0, count - 1)
              : forward ? 0
                        : count - 1);
    else if (m_pointed && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter))
        emit opened(m_graph.nodes[std::size_t(*m_pointed)].address);
    else
        QWidget::keyPressEvent(event);
}

} // namespace reslens
