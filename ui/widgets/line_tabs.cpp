// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/line_tabs.h"

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
    for (QToolButton *arrow : findChildren<QToolButton *>()) {
        arrow->setAutoRaise(true);
        // They lie over words that do not fit.
        arrow->setAutoFillBackground(true);
        arrow->setBackgroundRole(QPalette::Window);
    }
}

void LineTabs::setRoom(int room)
{
    m_room = room;
    // The tabs are laid out anew only when one of them changes.
    if (count() > 0)
        setTabText(0, tabText(0));
}

int LineTabs::widthOf(const QStringList &words, int room) const
{
    int width = Inset - room;
    for (const QString &word : words)
        width += fontMetrics().horizontalAdvance(word) + 2 * room;
    return width;
}

QSize LineTabs::tabSizeHint(int index) const
{
    return {indent(index) + fontMetrics().horizontalAdvance(tabText(index)) + 2 * m_room,
            fontMetrics().height() + 2 * Grid - 4};
}

void LineTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const QPoint pointer = mapFromGlobal(QCursor::pos());
    for (int i = 0; i < count(); ++i) {
        const QRect tab = tabRect(i).adjusted(indent(i), 0, 0, 0);
        const bool current = i == currentIndex();
        const bool marked = current || (underMouse() && tab.contains(pointer));
        painter.setPen(marked ? palette().color(QPalette::WindowText) : quietText(palette()));
        painter.drawText(tab, Qt::AlignCenter, tabText(i));
        const QRect line(tab.left() + m_room, tab.bottom() - 1, tab.width() - 2 * m_room, 2);
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
