// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>
#include <QString>

class QWidget;

namespace reslens {

enum class Appearance
{
    System,
    Light,
    Dark
};

/// Gives the whole application the palette; System is the one that the platform brings, or the light or dark
/// one if it brings none.
void applyAppearance(Appearance appearance);

/// "system", "light", "dark": for settings.
QString toString(Appearance appearance);
Appearance appearanceFrom(const QString &name);

/// The space between things, and the unit of all other distances, in device-independent pixels.
inline constexpr int Grid = 8;
/// From the edge of a page to what is on it: room for the frames around what is selected. The words of
/// LineTabs, which have this room of their own, stand in line with it.
inline constexpr int Inset = Grid;

/// Behind pictures and maps that do not fill their place.
QColor pictureBackground(const QPalette &palette);
/// Text that explains rather than says.
QColor quietText(const QPalette &palette);
/// A surface or line that is just visible on the window.
QColor faint(const QPalette &palette, double strength = 0.1);

/// Gives a field's text and its frame the colour of what is wrong, or takes it away.
void markWrong(QWidget &field, bool wrong);

/// A colour between two: `share` of the second.
QColor blend(const QColor &first, const QColor &second, double share);

} // namespace reslens
