// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/explain/patch_view.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"
#include "ui/theme/ink.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

namespace reslens {
namespace {

constexpr int MostPatches = 24;
constexpr double ColumnGap = 1.5 * Grid;

/// The scale for one kind of number among all products of a unit.
ColorScale scaleOf(const std::vector<UnitTerm> &terms, const std::function<double(const UnitTerm &)> &value)
{
    float low = 0;
    float high = 0;
    for (const UnitTerm &term : terms) {
        low = std::min(low, float(value(term)));
        high = std::max(high, float(value(term)));
    }
    return scaleFor(low, high);
}

double valueOf(const UnitTerm &term)
{
    return double(term.value);
}

double weightOf(const UnitTerm &term)
{
    return double(term.weight);
}

} // namespace

PatchView::PatchView(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("What the unit looked at, by input channel"));
}

void PatchView::setStory(const UnitStoryPtr &story)
{
    m_story = story;
    m_patches = story ? patchesOf(*story, MostPatches) : std::vector<Patch>();
    QStringList sums;
    if (story) {
        m_values = scaleOf(story->explanation.terms, valueOf);
        m_weights = scaleOf(story->explanation.terms, weightOf);
        m_products = scaleOf(story->explanation.terms, &UnitTerm::product);
        for (const Patch &patch : m_patches)
            sums << QStringLiteral("ch%1 %2").arg(patch.channel).arg(formatValue(patch.sum));
    }
    setToolTip(
        isAlone()
            ? tr("The values under the unit's window. Open cells lie outside of the map.")
            : tr("Each column is an input channel, the one that adds most on the left: the values x under "
                 "the unit's window, the weights w, and their products. Each line has a scale of its own; "
                 "signed numbers are blue below 0 and red above. Open cells lie outside of the map."));
    setAccessibleDescription(sums.join(QStringLiteral(", ")));
    fitCellFont();
    updateGeometry();
    update();
}

double PatchView::cell() const
{
    // One picture alone has room for its numbers.
    if (isAlone())
        return fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")) + Grid;
    const int longest = m_story ? std::max(m_story->window.height(), m_story->window.width()) : 1;
    const int line = fontMetrics().height();
    return std::max(4.5 * line / longest, 0.62 * line);
}

void PatchView::fitCellFont()
{
    int widest = 1;
    for (const Patch &patch : m_patches) {
        for (const std::optional<UnitTerm> &term : patch.cells) {
            if (!term)
                continue;
            for (const double number : {valueOf(*term), weightOf(*term), term->product()})
                widest = std::max(widest, fontMetrics().horizontalAdvance(formatValue(number)));
        }
    }
    m_cellFont = font();
    m_cellFont.setPointSizeF(font().pointSizeF() * std::min(1.0, (cell() - 0.75 * Grid) / widest));
}

QSizeF PatchView::pictureSize() const
{
    return m_story ? QSizeF(m_story->window.width(), m_story->window.height()) * cell() : QSizeF();
}

int PatchView::labelWidth() const
{
    return isAlone() ? 0 : fontMetrics().horizontalAdvance(QStringLiteral("= x · w")) + 2 * Grid;
}

double PatchView::columnWidth() const
{
    return std::max(pictureSize().width(),
                    double(fontMetrics().horizontalAdvance(QStringLiteral("−0.000000")))) +
           ColumnGap;
}

QSize PatchView::sizeHint() const
{
    const double height = isAlone() ? lineTop(1) : lineTop(3) + fontMetrics().height();
    return {40 * Grid, m_story ? int(height) : 0};
}

double PatchView::lineTop(int line) const
{
    return fontMetrics().height() + Grid / 2.0 + line * (pictureSize().height() + Grid);
}

void PatchView::paintLabels(QPainter &painter) const
{
    painter.setPen(quietText(palette()));
    const QString labels[]{QStringLiteral("x"), QStringLiteral("× w"), QStringLiteral("= x · w")};
    for (int i = 0; i < 3; ++i)
        painter.drawText(QRectF(0, lineTop(i), labelWidth(), pictureSize().height()),
                         Qt::AlignLeft | Qt::AlignVCenter, labels[i]);
    painter.drawText(QRectF(0, lineTop(3) - Grid / 2.0, labelWidth(), fontMetrics().height()), Qt::AlignLeft,
                     QStringLiteral("sum"));
}

void PatchView::paintPicture(QPainter &painter, const QPointF &at, const Patch &patch,
                             const ColorScale &scale,
                             const std::function<double(const UnitTerm &)> &value) const
{
    const int columns = m_story->window.width();
    const double side = cell();
    const bool written = side > fontMetrics().horizontalAdvance(QStringLiteral("−0.0000")) + 2;
    painter.setFont(m_cellFont);
    for (int i = 0; i < int(patch.cells.size()); ++i) {
        const int row = i / columns;
        const QRectF rect(at.x() + i % columns * side, at.y() + row * side, side, side);
        const std::optional<UnitTerm> &term = patch.cells[std::size_t(i)];
        if (!term) {
            painter.setPen(faint(palette(), 0.25));
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
            continue;
        }
        const Rgb rgb = scale.colour(float(value(*term)));
        const QColor fill(rgb[0], rgb[1], rgb[2]);
        painter.fillRect(rect, fill);
        if (written) {
            painter.setPen(inkOn(fill));
            painter.drawText(rect, Qt::AlignCenter, formatValue(value(*term)));
        }
        if (m_story->isMaximum() && term->weight == 1) {
            painter.setPen(QPen(inkOn(fill), 2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
            painter.drawRect(rect.adjusted(4, 4, -4, -4));
        }
    }
    painter.setFont(font());
}

void PatchView::paintEvent(QPaintEvent *)
{
    if (!m_story)
        return;
    QPainter painter(this);
    const int line = fontMetrics().height();
    if (!isAlone())
        paintLabels(painter);
    const double column = columnWidth() - ColumnGap;
    double x = labelWidth();
    for (const Patch &patch : m_patches) {
        if (x + column > width())
            break;
        painter.setPen(quietText(palette()));
        painter.drawText(QRectF(x, 0, column, line), Qt::AlignHCenter,
                         QStringLiteral("ch%1").arg(patch.channel));
        const double left = x + (column - pictureSize().width()) / 2;
        paintPicture(painter, {left, lineTop(0)}, patch, m_values, valueOf);
        if (isAlone())
            break;
        paintPicture(painter, {left, lineTop(1)}, patch, m_weights, weightOf);
        paintPicture(painter, {left, lineTop(2)}, patch, m_products, &UnitTerm::product);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRectF(x, lineTop(3) - Grid / 2.0, column, line), Qt::AlignHCenter,
                         formatValue(patch.sum));
        x += columnWidth();
    }
}

void PatchView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::FontChange)
        return;
    fitCellFont();
    updateGeometry();
}

} // namespace reslens
