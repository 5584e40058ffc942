// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/tips.h"

#include <QHelpEvent>
#include <QTextDocument>
#include <QToolTip>
#include <QWidget>
#include <algorithm>

namespace reslens {
namespace {

/// In characters: as wide as Qt makes a tooltip of rich text.
constexpr qsizetype LongestLine = 80;

} // namespace

QString wrappedTip(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    const bool isLong = std::ranges::any_of(
        lines, [](qsizetype length) { return length > LongestLine; }, &QString::size);
    return isLong && !Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

bool TipWrapper::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = event->type() == QEvent::ToolTip ? qobject_cast<QWidget *>(watched) : nullptr;
    if (!widget || widget->property(ComposesTip).toBool())
        return false;
    const QString tip = wrappedTip(widget->toolTip());
    if (tip == widget->toolTip())
        return false;
    QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), tip, widget, {},
                       widget->toolTipDuration());
    return true;
}

} // namespace reslens
