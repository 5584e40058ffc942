// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/quiet_painter.h"

#include "ui/theme/appearance.h"

#include <QStyle>
#include <QStyleOption>
#include <algorithm>

namespace reslens {
namespace {

constexpr double Corner = 4;
constexpr double TrackWidth = 4;
constexpr double KnobWidth = 14;

/// Whatever a control sets does not reach the next one.
class Saved
{
public:
    explicit Saved(QPainter &painter) : m_painter(painter)
    {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
    }
    ~Saved() { m_painter.restore(); }
    Saved(const Saved &) = delete;
    Saved &operator=(const Saved &) = delete;

private:
    QPainter &m_painter;
};

QRectF middle(const QRectF &rect, double width, double height)
{
    QRectF part(0, 0, width, height);
    part.moveCenter(rect.center());
    return part;
}

} // namespace

QuietPainter::QuietPainter(QPainter &painter, const QStyleOption &option)
    : m_painter(painter), m_option(option)
{
}

bool QuietPainter::has(int state) const
{
    return m_option.state & QStyle::State(state);
}

QColor QuietPainter::tone(double strength) const
{
    return faint(m_option.palette, strength);
}

QColor QuietPainter::accent() const
{
    return m_option.palette.color(QPalette::Highlight);
}

void QuietPainter::pill(const QRectF &rect, const QColor &colour)
{
    const double radius = std::min(rect.width(), rect.height()) / 2;
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(colour);
    m_painter.drawRoundedRect(rect, radius, radius);
}

void QuietPainter::focus(const QRect &rect)
{
    const Saved saved(m_painter);
    m_painter.setPen(QPen(accent(), 1.5));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawRoundedRect(QRectF(rect).adjusted(0.75, 0.75, -0.75, -0.75), Corner, Corner);
}

void QuietPainter::field(QPalette::ColorRole surface)
{
    const Saved saved(m_painter);
    const bool enabled = has(QStyle::State_Enabled);
    const bool focused = enabled && has(QStyle::State_HasFocus);
    QColor fill = m_option.palette.color(surface);
    if (surface == QPalette::Button && enabled &&
        has(QStyle::State_MouseOver | QStyle::State_Sunken | QStyle::State_On))
        fill = blend(fill, m_option.palette.color(QPalette::WindowText), 0.06);
    m_painter.setPen(QPen(focused ? accent() : tone(enabled ? 0.26 : 0.14), focused ? 1.5 : 1));
    m_painter.setBrush(fill);
    const double inside = focused ? 0.75 : 0.5;
    m_painter.drawRoundedRect(QRectF(m_option.rect).adjusted(inside, inside, -inside, -inside), Corner,
                              Corner);
}

void QuietPainter::toolButton()
{
    const bool down = has(QStyle::State_Sunken);
    const bool checked = has(QStyle::State_On);
    const bool pointed = has(QStyle::State_MouseOver) && has(QStyle::State_Enabled);
    if (!down && !checked && !pointed)
        return;
    const Saved saved(m_painter);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(tone(down ? 0.16 : checked ? 0.12 : 0.07));
    m_painter.drawRoundedRect(m_option.rect, Corner, Corner);
}

void QuietPainter::checkBox()
{
    const Saved saved(m_painter);
    const double side = std::min(m_option.rect.width(), m_option.rect.height());
    const QRectF box = middle(m_option.rect, side, side).adjusted(0.5, 0.5, -0.5, -0.5);
    const bool enabled = has(QStyle::State_Enabled);
    const bool checked = has(QStyle::State_On);
    m_painter.setPen(checked ? QPen(Qt::NoPen) : QPen(tone(enabled ? 0.4 : 0.2), 1));
    m_painter.setBrush(!checked ? m_option.palette.color(QPalette::Base) : enabled ? accent() : tone(0.3));
    m_painter.drawRoundedRect(box, 3, 3);
    if (!checked)
        return;
    m_painter.setPen(QPen(m_option.palette.color(QPalette::HighlightedText), 1.6, Qt::SolidLine, Qt::RoundCap,
                          Qt::RoundJoin));
    const auto at = [&box](double x, double y) {
        return QPointF(box.x() + x * box.width(), box.y() + y * box.height());
    };
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolyline(QPolygonF{at(0.25, 0.52), at(0.43, 0.7), at(0.76, 0.3)});
}

void QuietPainter::tip()
{
    const Saved saved(m_painter);
    m_painter.setRenderHint(QPainter::Antialiasing, false);
    m_painter.setPen(tone(0.2));
    m_painter.setBrush(m_option.palette.color(QPalette::ToolTipBase));
    m_painter.drawRect(m_option.rect.adjusted(0, 0, -1, -1));
}

void QuietPainter::toolBar()
{
    const QRect &rect = m_option.rect;
    m_painter.fillRect(rect, m_option.palette.color(QPalette::Window));
    m_painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), tone(0.12));
}

void QuietPainter::splitter()
{
    const Saved saved(m_painter);
    const bool upright = m_option.rect.height() > m_option.rect.width();
    const double length = 4 * Grid;
    const QRectF line = middle(m_option.rect, upright ? 3 : length, upright ? length : 3);
    pill(line, tone(has(QStyle::State_MouseOver | QStyle::State_Sunken) ? 0.4 : 0.15));
}

void QuietPainter::track(const QRectF &rect)
{
    const Saved saved(m_painter);
    pill(rect, tone(0.12));
}

void QuietPainter::progress(const QStyleOptionProgressBar &bar)
{
    const Saved saved(m_painter);
    const double share =
        double(bar.progress - bar.minimum) / std::max(1.0, double(bar.maximum) - bar.minimum);
    QRectF done(bar.rect);
    done.setWidth(done.width() * std::clamp(share, 0.0, 1.0));
    if (done.width() > 0)
        pill(done, accent());
}

void QuietPainter::scrollHandle(const QRect &rect)
{
    const QStyleOptionSlider *bar = qstyleoption_cast<const QStyleOptionSlider *>(&m_option);
    if (!bar || bar->maximum <= bar->minimum)
        return;
    const Saved saved(m_painter);
    const bool held = has(QStyle::State_Sunken) && bar->activeSubControls & QStyle::SC_ScrollBarSlider;
    const bool pointed = has(QStyle::State_MouseOver);
    pill(QRectF(rect).adjusted(2, 2, -2, -2), tone(held ? 0.55 : pointed ? 0.42 : 0.25));
}

void QuietPainter::slider(const QStyleOptionSlider &slider, const QRect &groove, const QRect &handle)
{
    const Saved saved(m_painter);
    const bool horizontal = slider.orientation == Qt::Horizontal;
    const QRectF way =
        horizontal ? middle(groove, groove.width(), TrackWidth) : middle(groove, TrackWidth, groove.height());
    const QPointF at = QRectF(handle).center();
    const QColor colour = has(QStyle::State_Enabled) ? accent() : tone(0.3);
    pill(way, tone(0.16));
    // Upright, the least value is at the bottom; upside down means the same for both directions.
    const bool fromStart = horizontal != slider.upsideDown;
    QRectF covered = way;
    if (horizontal)
        fromStart ? covered.setRight(at.x()) : covered.setLeft(at.x());
    else
        fromStart ? covered.setBottom(at.y()) : covered.setTop(at.y());
    pill(covered, colour);

    QRectF knob = middle(handle, KnobWidth, KnobWidth);
    pill(knob, m_option.palette.color(QPalette::Window));
    pill(knob.adjusted(1.5, 1.5, -1.5, -1.5), colour);
    if (has(QStyle::State_HasFocus)) {
        m_painter.setBrush(Qt::NoBrush);
        m_painter.setPen(QPen(colour, 1.5));
        m_painter.drawEllipse(knob.adjusted(-0.25, -0.25, 0.25, 0.25));
    }
}

void QuietPainter::section(const QString &title, const QRect &rect)
{
    const Saved saved(m_painter);
    m_painter.setPen(quietText(m_option.palette));
    m_painter.drawText(rect, Qt::AlignLeft | Qt::AlignBottom, title);
}

void QuietPainter::chevron(const QRect &rect, bool up)
{
    const Saved saved(m_painter);
    const double half = up ? -1.75 : 1.75;
    const QPointF tip = QRectF(rect).center() + QPointF(0, half);
    m_painter.setPen(QPen(has(QStyle::State_Enabled) ? quietText(m_option.palette) : tone(0.3), 1.5,
                          Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    m_painter.drawPolyline(QPolygonF{tip - QPointF(3.5, 2 * half), tip, tip + QPointF(3.5, -2 * half)});
}

} // namespace reslens
