// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygon>
#include <QRect>
#include <QStringList>
#include <vector>

namespace reslens {

/// Where the tiles of the network strip go. Each run of repeated blocks starts a band: the single blocks that
/// lead to it (stem and reductions) stand on its left, the repeated ones fill the columns beside them line by
/// line, and what comes after the last run stands on its right.
struct StripLayout
{
    struct Caption
    {
        QString text; ///< "mixed_6a", "block17 × 20"
        int first;    ///< position of the stage's first block
        QRect rect;
    };

    int tile = 0;                  ///< side of a tile
    std::vector<QRect> tiles;      ///< one a block
    std::vector<QRect> bars;       ///< below each tile, for a figure of the block
    std::vector<Caption> captions; ///< one a stage, above its first tile
    /// From each block to the next; the last piece of each leads to the right. They stay between the tiles,
    /// but may lead around those at the edge, half a gap outside of everything.
    std::vector<QPolygon> arrows;
    QSize size; ///< of everything
};

/// Sizes in pixels that depend on the font.
struct StripMetrics
{
    int captionHeight = 16;
    int gap = 6;
    int barHeight = 4;
    std::vector<int> captionWidths; ///< one a block: of its caption if it is single

    /// Of a bar and its distance to the tile, in which a frame around the tile fits.
    int barRoom() const { return barHeight + 4; }
};

/// The arrangement with the largest tiles for which all blocks fit into the area; `names` has the stage's
/// name for each block. Few lines are preferred, and numbers of columns that divide the repeated stages
/// evenly.
StripLayout layOutStrip(const QStringList &names, QSize area, const StripMetrics &metrics);

} // namespace reslens
