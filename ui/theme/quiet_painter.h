// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPalette>

class QStyleOption;
class QStyleOptionProgressBar;
class QStyleOptionSlider;

namespace reslens {

/// Draws the controls of QuietStyle: flat, with round corners, in tones of the option's palette.
class QuietPainter
{
public:
    /// Both must live as long.
    QuietPainter(QPainter &painter, const QStyleOption &option);

    /// A ring in the accent colour just inside of the rectangle.
    void focus(const QRect &rect);
    /// What one types into or presses; its edge has the accent colour while it has the focus.
    void field(QPalette::ColorRole surface);
    /// Nothing unless the pointer is over the button, or it is down or checked.
    void toolButton();
    void checkBox();
    /// What lies behind a tooltip.
    void tip();
    void toolBar();
    /// A short line in the middle, by which one drags.
    void splitter();
    /// What a bar or a handle runs along.
    void track(const QRectF &rect);
    void progress(const QStyleOptionProgressBar &bar);
    void scrollHandle(const QRect &rect);
    void slider(const QStyleOptionSlider &slider, const QRect &groove, const QRect &handle);
    /// The title of a group in a menu, at the bottom left.
    void section(const QString &title, const QRect &rect);
    /// An arrow without a shaft in the middle.
    void chevron(const QRect &rect, bool up);

private:
    bool has(int state) const;
    QColor tone(double strength) const;
    QColor accent() const;
    void pill(const QRectF &rect, const QColor &colour);

    QPainter &m_painter;
    const QStyleOption &m_option;
};

} // namespace reslens
