// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/copying.h"

#include <QApplication>
#include <QClipboard>
#include <QStatusTipEvent>
#include <QWidget>

namespace reslens {

void confirm(QWidget *from, const QString &text)
{
    QStatusTipEvent done(text);
    QApplication::sendEvent(from, &done);
}

void copyText(QWidget *from, const QString &text, const QString &confirmation)
{
    QApplication::clipboard()->setText(text);
    confirm(from, confirmation);
}

} // namespace reslens
