// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/value_delegate.h"

#include "ui/maps/channel_model.h"
#include "ui/theme/appearance.h"

#include <QListView>
#include <QPainter>
#include <algorithm>

namespace reslens {
namespace {

constexpr double Corner = 4;
/// Of the line, as long as names need it.
constexpr double NameShare = 0.4;

/// Where name, bar and number stand in a line.
struct Columns
{
    QRect name, bar, number;
};

Columns columnsOf(const QRect &line, const QFontMetrics &metrics)
{
    const QRect inner = line.adjusted(Inset, 0, -Inset, 0);
    const int name = std::min(int(NameShare * inner.width()), 30 * metrics.averageCharWidth());
    const int number = metrics.horizontalAdvance(QStringLiteral("−0.00000"));
    const int barHeight = std::max(Grid - 2, metrics.height() / 3);
    Columns columns{inner, inner, inner};
    columns.name.setWidth(name);
    columns.number.setLeft(inner.right() + 1 - number);
    columns.bar.setLeft(columns.name.right() + 2 * Grid);
    columns.bar.setRight(columns.number.left() - Grid);
    columns.bar.setTop(line.center().y() + 1 - barHeight / 2);
    columns.bar.setHeight(barHeight);
    return columns;
}

/// From 0 to the value, on a track over all channels' values; 0 is marked where it is not the track's end.
void paintBar(QPainter &painter, const QRectF &track, const QModelIndex &index, const QPalette &palette)
{
    const double low = index.data(ChannelModel::ScaleLowRole).toDouble();
    const double high = index.data(ChannelModel::ScaleHighRole).toDouble();
    const double value = index.data(ChannelModel::MeanRole).toDouble();
    const auto x = [&](double at) {
        return track.left() + (high > low ? (at - low) / (high - low) : 0) * track.width();
    };
    painter.fillRect(track, faint(palette, 0.09));
    const QColor accent = palette.color(QPalette::Highlight);
    const QRectF bar(QPointF(std::min(x(0), x(value)), track.top()),
                     QPointF(std::max(x(0), x(value)), track.bottom()));
    painter.fillRect(bar, value < 0 ? blend(palette.color(QPalette::Window), accent, 0.45) : accent);
    if (low < 0)
        painter.fillRect(QRectF(x(0) - 0.5, track.top() - 2, 1, track.height() + 4), quietText(palette));
}

} // namespace

int ValueDelegate::lineHeight(const QFont &font)
{
    return QFontMetrics(font).height() + Grid;
}

QSize ValueDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    return view ? view->gridSize() : QStyledItemDelegate::sizeHint(option, index);
}

void ValueDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state & QStyle::State_Selected;
    const bool current = option.state & QStyle::State_HasFocus;
    if (selected || option.state & QStyle::State_MouseOver) {
        QColor colour = option.palette.color(QPalette::Highlight);
        colour.setAlphaF(selected ? 0.16F : 0.06F);
        painter->setPen(Qt::NoPen);
        painter->setBrush(colour);
        painter->drawRoundedRect(option.rect, Corner, Corner);
    }
    if (current) {
        painter->setPen(QPen(option.palette.color(QPalette::Highlight), 1.5));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), Corner, Corner);
    }

    const QFontMetrics metrics(option.font);
    const Columns columns = columnsOf(option.rect, metrics);
    painter->setFont(option.font);
    const QString number = index.data(ChannelModel::ChannelRole).toString();
    const QString name = index.data().toString();
    // A class's own name says nothing of its number.
    const QString beside = name.endsWith(number) ? QString() : QStringLiteral("  ") + number;
    const QString shown =
        metrics.elidedText(name, Qt::ElideRight, columns.name.width() - metrics.horizontalAdvance(beside));
    painter->setPen(option.palette.color(QPalette::WindowText));
    painter->drawText(columns.name, Qt::AlignLeft | Qt::AlignVCenter, shown);
    painter->drawText(columns.number, Qt::AlignRight | Qt::AlignVCenter,
                      index.data(ChannelModel::ValueTextRole).toString());
    painter->setPen(quietText(option.palette));
    painter->drawText(columns.name.adjusted(metrics.horizontalAdvance(shown), 0, 0, 0),
                      Qt::AlignLeft | Qt::AlignVCenter, beside);
    painter->setRenderHint(QPainter::Antialiasing, false);
    paintBar(*painter, columns.bar, index, option.palette);
    painter->restore();
}

} // namespace reslens
