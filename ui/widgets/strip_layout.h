// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
        QRect rect;
    };

    int tile = 0;                  ///< side of a tile
    std::vector<QRect> tiles;      ///< one a block
    std::vector<Caption> captions; ///< one a stage, above its first tile
    QSize size;                    ///< of everything
};

/// Sizes in pixels that depend on the font.
struct StripMetrics
{
    int captionHeight = 16;
    int singleWidth = 60; ///< of the widest caption of a single block
    int gap = 6;
};

/// The arrangement with the largest tiles for which all blocks fit into the area; `stages` has the stage's
/// name for each block. Numbers of columns that divide the repeated stages evenly are preferred.
StripLayout layOutStrip(const QStringList &stages, QSize area, const StripMetrics &metrics);

} // namespace reslens
