// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace reslens {

class MainWindow;

/// Once the picture has been answered, measures the window and prints what it found: how fast the gallery of
/// the block with the most channels scrolls, how soon the tiles of each block are there, how long the event
/// loop was blocked at most, and the memory after one and after ten walks through all blocks. Then ends the
/// application with status 0. Times are without those that the window waited for a processor.
void benchUi(MainWindow &window);

} // namespace reslens
