// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QLabel;

namespace reslens {

/// A label in the quiet text colour, whatever the palette becomes.
QLabel *quietLabel(const QString &text = {});

/// The name of a part of the window: somewhat larger and bolder than the text.
QLabel *headingLabel(const QString &text = {});

/// The mouse selects its text, and Ctrl+C, otherwise the window's key, copies what is selected.
void makeSelectable(QLabel *label);

} // namespace reslens
