// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QPushButton;
class QToolButton;

namespace reslens {

/// A button that is an icon, see themedIcon(), and a word, without a frame until it is pointed at.
QToolButton *textButton(const QString &icon, const QString &text, const QString &tip);

/// What a page is for, in the accent colour, whatever the palette becomes.
QPushButton *primaryButton();

} // namespace reslens
