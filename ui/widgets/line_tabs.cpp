// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/line_tabs.h"

#include "ui/theme/appearance.h"

#include <QPainter>
#include <QToolButton>

namespace reslens {

LineTabs::LineTabs(QWidget *parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setMouseTracking(true);
    setAttribute(Qt::WA_Hover);
    for (QToolButton *arrow : findChildren<QToolButton *>())
        arrow->setAutoRaise(true);
}

QSize LineTabs::tabSizeHint(int index) const
{
    return {fontMetrics().horizontalAdvance(tabText(index)) + 2 * Inset,
            fontMetrics().height() + 2 * Grid - 4};
}

void LineTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QPoint pointer = mapFromGlobal(QCursor::pos());
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i);
        const bool current = i == currentIndex();
        const bool marked = current || (underMouse() && tab.contains(pointer));
        painter.setPen(marked ? palette().color(QPalette::WindowText) : quietText(palette()));
        painter.drawText(tab, Qt::AlignCenter, tabText(i));
        const QRect line(tab.left() + Inset, tab.bottom() - 1, tab.width() - 2 * Inset, 2);
        if (current)
            painter.fillRect(line, palette().color(QPalette::Highlight));
        if (current && hasFocus() && window()->testAttribute(Qt::WA_KeyboardFocusChange)) {
            QColor frame = palette().color(QPalette::Highlight);
            frame.setAlphaF(0.5F);
            painter.setPen(frame);
            painter.drawRect(tab.adjusted(2, 1, -3, -4));
        }
    }
}

} // namespace reslens
