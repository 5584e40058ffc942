// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/arrow_keys.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>

namespace reslens {
namespace {

/// Whether the widget does nothing of its own with this key.
bool hasNoUseFor(const QWidget &widget, const QKeyEvent &press)
{
    if ((press.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    const bool across = press.key() == Qt::Key_Left || press.key() == Qt::Key_Right;
    if (!across && press.key() != Qt::Key_Up && press.key() != Qt::Key_Down)
        return false;
    if (qobject_cast<const QAbstractButton *>(&widget))
        return true;
    const auto *area = qobject_cast<const QScrollArea *>(&widget);
    const QScrollBar *bar = !area    ? nullptr
                            : across ? area->horizontalScrollBar()
                                     : area->verticalScrollBar();
    return bar && bar->minimum() == bar->maximum();
}

} // namespace

ArrowKeys::ArrowKeys(QWidget *window) : QObject(window), m_window(window)
{
    qApp->installEventFilter(this);
}

bool ArrowKeys::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress || !watched->isWidgetType() || watched == m_window)
        return false;
    const auto &widget = *static_cast<QWidget *>(watched);
    if (widget.window() != m_window || !hasNoUseFor(widget, *static_cast<QKeyEvent *>(event)))
        return false;
    QApplication::sendEvent(m_window, event);
    return true;
}

} // namespace reslens
