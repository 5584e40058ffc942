// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace reslens {

class MainWindow;

/// Once the first picture has been answered and drawn, prints the top 5, writes a picture of the window to
/// `file` and ends the application with status 0; with status 1 and the sentence on standard error if
/// anything could not be done.
void takeScreenshot(MainWindow &window, const QString &file);

} // namespace reslens
