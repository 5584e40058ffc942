// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/presentation.h"

#include <QApplication>
#include <QEvent>
#include <QFontMetricsF>
#include <QWidget>
#include <algorithm>

namespace reslens {
namespace {

/// As large as on good slides: readable from the last row.
constexpr double LinesOfType = 46;
/// Small screens have fewer lines, rather than type as at the desk.
constexpr double LeastFactor = 1.2;
/// As many heights of a line as the pages need in width: with fewer, something is cut off.
constexpr double LeastWidth = 68;

} // namespace

Presentation::Presentation(QWidget *window) : QObject(window), m_window(window)
{
    window->installEventFilter(this);
}

Presentation::~Presentation()
{
    // The font is the application's, which may outlive the window.
    if (m_on)
        QApplication::setFont(m_font);
}

void Presentation::start(const QList<QWidget *> &aside)
{
    if (m_on)
        return;
    m_on = true;
    m_wasFull = m_window->isFullScreen();
    m_font = QApplication::font();
    for (QWidget *widget : aside) {
        if (widget->isHidden())
            continue;
        widget->hide();
        m_hidden << widget;
    }
    m_window->setWindowState(m_window->windowState() | Qt::WindowFullScreen);
    fitType();
}

void Presentation::stop()
{
    if (!m_on)
        return;
    m_on = false;
    QApplication::setFont(m_font);
    for (const QPointer<QWidget> &widget : m_hidden)
        if (widget)
            widget->show();
    m_hidden.clear();
    m_window->setWindowState(m_window->windowState().setFlag(Qt::WindowFullScreen, m_wasFull));
}

void Presentation::fitType()
{
    const double line = QFontMetricsF(m_font).height();
    const double wanted = std::max(LeastFactor, m_window->height() / LinesOfType / line);
    const double most = std::max(1.0, m_window->width() / LeastWidth / line);
    QFont large = m_font;
    large.setPointSizeF(m_font.pointSizeF() * std::min(wanted, most));
    if (large != QApplication::font())
        QApplication::setFont(large);
}

bool Presentation::eventFilter(QObject *watched, QEvent *event)
{
    if (m_on && event->type() == QEvent::Resize)
        fitType();
    return QObject::eventFilter(watched, event);
}

} // namespace reslens
