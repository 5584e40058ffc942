// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QString;
class QWidget;

namespace reslens {

/// Has the window around say for a few seconds what has been done: it gets the text in a QStatusTipEvent,
/// which Qt passes up from widget to widget.
void confirm(QWidget *from, const QString &text);

/// Puts the text on the clipboard and says so.
void copyText(QWidget *from, const QString &text, const QString &confirmation);

} // namespace reslens
