// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/color_bar.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace reslens {
namespace {

/// All numbers of one bar are written alike.
QString number(const MapRange &range, float value)
{
    return formatBeside(value, std::max(std::abs(range.minimum), std::abs(range.maximum)));
}

constexpr int Thickness = Grid;
constexpr int ZeroMark = 3;

} // namespace

ColorBar::ColorBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Colour scale of the map"));
}

void ColorBar::setExplanation(const ExplanationPtr &explanation)
{
    m_explanation = explanation;
    QString range;
    QString end;
    if (explanation) {
        const MapRange &values = explanation->range;
        const ColorScale scale = explanation->scale();
        range = tr("from %1 to %2").arg(formatValue(values.minimum), formatValue(values.maximum));
        if (values.maximum > scale.high || values.minimum < scale.low)
            end = tr("The colours end at %1, which 99 of 100 values do not exceed.")
                      .arg(formatValue(scale.high));
    }
    setAccessibleDescription(range + (end.isEmpty() ? QString() : QStringLiteral(". ") + end));
    setToolTip(end);
    update();
}

void ColorBar::sharpen(QPainter &painter, int tip, int shoulder) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette().window());
    for (const int edge : {0, Thickness})
        painter.drawPolygon(QPolygon({{tip, edge}, {shoulder, edge}, {tip, Thickness / 2}}));
    painter.restore();
}

QSize ColorBar::sizeHint() const
{
    return {22 * Grid, Thickness + ZeroMark + fontMetrics().height()};
}

ColorBar::Axis ColorBar::axis() const
{
    const ColorScale scale = m_explanation->scale();
    const MapRange &range = m_explanation->range;
    // Of a map that has one sign only, the other half would be empty.
    const bool isSigned = m_explanation->method().isSigned;
    return {isSigned && range.minimum >= 0 ? 0 : scale.low, isSigned && range.maximum <= 0 ? 0 : scale.high};
}

void ColorBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(QRect(0, 0, width(), Thickness), faint(palette(), 0.09));
    if (!m_explanation)
        return;
    const ColorScale scale = m_explanation->scale();
    const MapRange &range = m_explanation->range;
    const Axis axis = this->axis();
    const auto pixelAt = [&](float value) {
        return int(std::lround(positionInRange(value, axis.low, axis.high) * float(width())));
    };
    const int first = std::clamp(pixelAt(range.minimum), 0, width() - 1);
    const int last = std::clamp(pixelAt(range.maximum), first + 1, width());
    for (int x = first; x < last; ++x) {
        const float value = axis.low + (float(x) + 0.5F) / float(width()) * (axis.high - axis.low);
        const Rgb rgb = colour(scale.map, positionInRange(value, scale.low, scale.high));
        painter.fillRect(QRect(x, 0, 1, Thickness), QColor(rgb[0], rgb[1], rgb[2]));
    }
    // Pointed towards what lies beyond the last colours.
    if (range.minimum < scale.low)
        sharpen(painter, 0, Thickness / 2);
    if (range.maximum > scale.high)
        sharpen(painter, width(), width() - Thickness / 2);
    painter.setPen(quietText(palette()));
    if (axis.low < 0 && axis.high > 0)
        paintNumbers(painter, first, last, pixelAt(0));
    else
        paintNumbers(painter);
}

std::pair<QString, QString> ColorBar::numbers(int room) const
{
    const ColorScale scale = m_explanation->scale();
    const MapRange &range = m_explanation->range;
    const QString least = number(range, range.minimum);
    const QString greatest = number(range, range.maximum);
    const std::pair named(tr("min %1").arg(least), tr("max %1").arg(greatest));
    // Where the colours end before the values do, both are named.
    const auto withEnd = [&](bool goesOn, float end, const QString &words) {
        return goesOn ? tr("%1 (%2)").arg(number(range, end), words) : words;
    };
    const std::pair full(withEnd(range.minimum < scale.low, scale.low, named.first),
                         withEnd(range.maximum > scale.high, scale.high, named.second));
    const auto fits = [&](const std::pair<QString, QString> &words) {
        return std::max(fontMetrics().horizontalAdvance(words.first),
                        fontMetrics().horizontalAdvance(words.second)) <= room;
    };
    return fits(full) ? full : fits(named) ? named : std::pair(least, greatest);
}

void ColorBar::paintNumbers(QPainter &painter, int first, int last, int zero) const
{
    const QRect text(0, Thickness + ZeroMark, width(), fontMetrics().height());
    const int half = fontMetrics().horizontalAdvance(u'0') / 2 + Grid;
    const auto [least, greatest] = numbers(zero - half);
    // Each below its place, as far as the 0 leaves room.
    const int leastWidth = fontMetrics().horizontalAdvance(least);
    const int left = std::max(0, std::min(first, zero - half - leastWidth));
    painter.drawText(text.adjusted(left, 0, 0, 0), Qt::AlignLeft, least);
    const int greatestWidth = fontMetrics().horizontalAdvance(greatest);
    const int right = std::min(width(), std::max(last, zero + half + greatestWidth));
    painter.drawText(text.adjusted(0, 0, right - width(), 0), Qt::AlignRight, greatest);
    if (left + leastWidth <= zero - half && right - greatestWidth >= zero + half)
        painter.drawText(QRect(zero - half, text.top(), 2 * half, text.height()), Qt::AlignHCenter,
                         QStringLiteral("0"));
    painter.fillRect(QRectF(zero - 0.5, 0, 1, Thickness + ZeroMark), palette().color(QPalette::WindowText));
}

void ColorBar::paintNumbers(QPainter &painter) const
{
    const QRect text(0, Thickness + ZeroMark, width(), fontMetrics().height());
    const QString zero = QStringLiteral("0");
    const QString gap = QStringLiteral("   ");
    const int room = width() / 2 - fontMetrics().horizontalAdvance(zero + gap);
    auto [least, greatest] = numbers(room);
    const MapRange &range = m_explanation->range;
    // Where the values start or end at 0, one 0 is enough.
    if (axis().high > 0)
        least = number(range, range.minimum) == zero ? zero : zero + gap + least;
    else
        greatest = number(range, range.maximum) == zero ? zero : greatest + gap + zero;
    painter.drawText(text, Qt::AlignLeft, least);
    painter.drawText(text, Qt::AlignRight, greatest);
}

} // namespace reslens
