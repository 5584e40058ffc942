// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/menu_button.h"

#include "ui/theme/appearance.h"

#include <QStyleOptionToolButton>
#include <QStylePainter>

namespace reslens {
namespace {

constexpr int ArrowWidth = 12;

} // namespace

QSize MenuButton::sizeHint() const
{
    return QToolButton::sizeHint() + QSize(ArrowWidth, 0);
}

void MenuButton::paintEvent(QPaintEvent *)
{
    // Styles put their own mark into a corner, far from the text and under it.
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.features.setFlag(QStyleOptionToolButton::HasMenu, false);
    const QRect whole = option.rect;
    // The pointer may have left while the menu was open.
    if (!rect().contains(mapFromGlobal(QCursor::pos())))
        option.state &= ~QStyle::State_MouseOver;
    if (option.state & (QStyle::State_MouseOver | QStyle::State_Sunken))
        painter.drawPrimitive(QStyle::PE_PanelButtonTool, option);
    option.rect = whole.adjusted(0, 0, -ArrowWidth, 0);
    painter.drawControl(QStyle::CE_ToolButtonLabel, option);
    if (option.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.initFrom(this);
        focus.rect = whole.adjusted(3, 3, -3, -3);
        painter.drawPrimitive(QStyle::PE_FrameFocusRect, focus);
    }

    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(quietText(palette()), 1.5));
    const QPointF tip(whole.right() - ArrowWidth + 2, whole.center().y() + 3);
    painter.drawPolyline(QPolygonF{tip + QPointF(-3.5, -3.5), tip, tip + QPointF(3.5, -3.5)});
}

} // namespace reslens
