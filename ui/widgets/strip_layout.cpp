// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/strip_layout.h"

#include <algorithm>
#include <utility>

namespace reslens {
namespace {

struct Stage
{
    QString name;
    int count = 0;
};

struct Band
{
    std::vector<Stage> before; ///< single blocks
    Stage repeated;
    std::vector<Stage> after; ///< single blocks, of the last band only

    int lines(int columns) const { return std::max(1, (repeated.count + columns - 1) / columns); }
};

std::vector<Stage> stagesOf(const QStringList &names)
{
    std::vector<Stage> stages;
    for (const QString &name : names) {
        if (stages.empty() || stages.back().name != name)
            stages.push_back({name, 0});
        ++stages.back().count;
    }
    return stages;
}

/// Everything about an arrangement that does not depend on the number of columns.
struct Grouping
{
    std::vector<Band> bands;
    int before = 0; ///< the most single blocks on the left, and on the right, of a band
    int after = 0;
    int longest = 1; ///< the longest run

    explicit Grouping(const QStringList &names)
    {
        Band band;
        for (const Stage &stage : stagesOf(names)) {
            if (stage.count == 1) {
                band.before.push_back(stage);
                continue;
            }
            band.repeated = stage;
            bands.push_back(std::exchange(band, {}));
        }
        if (bands.empty())
            bands.push_back(band);
        else
            bands.back().after = band.before;
        for (const Band &each : bands) {
            before = std::max(before, int(each.before.size()));
            after = std::max(after, int(each.after.size()));
            longest = std::max(longest, each.repeated.count);
        }
    }

    int lines(int columns) const
    {
        int sum = 0;
        for (const Band &band : bands)
            sum += band.lines(columns);
        return sum;
    }

    bool dividesEvenly(int columns) const
    {
        return std::all_of(bands.begin(), bands.end(),
                           [columns](const Band &band) { return band.repeated.count % columns == 0; });
    }

    int tileSide(int columns, QSize area, const StripMetrics &metrics) const
    {
        const int singles = before + after;
        const int room = area.width() - (columns + singles - 1) * metrics.gap;
        int wide = room / (columns + singles);
        if (wide < metrics.singleWidth)
            wide = (room - singles * metrics.singleWidth) / columns;
        const int captions = int(bands.size()) * (metrics.captionHeight + metrics.gap) - metrics.gap;
        const int high = (area.height() - captions) / lines(columns) - metrics.gap - metrics.barRoom();
        return std::min(wide, high);
    }

    int bestColumns(QSize area, const StripMetrics &metrics) const
    {
        int best = 1;
        double bestScore = -1;
        for (int columns = 1; columns <= longest; ++columns) {
            // A ragged last line costs some order: it has to buy tiles that are a quarter larger.
            const double score = tileSide(columns, area, metrics) * (dividesEvenly(columns) ? 1.25 : 1);
            if (score > bestScore) {
                best = columns;
                bestScore = score;
            }
        }
        return best;
    }
};

/// The way from the end of one tile to the start of the next: straight on a line, otherwise below the one and
/// back to the left of the other.
QPolygon arrowBetween(const QRect &from, const QRect &to, const StripMetrics &metrics)
{
    const QPoint start(from.right() + 1, from.center().y());
    const QPoint end(to.left(), to.center().y());
    if (from.top() == to.top())
        return {{start, end}};
    const int half = metrics.gap / 2;
    const int below = from.bottom() + metrics.barRoom() + half;
    return {{start,
             {start.x() + half, start.y()},
             {start.x() + half, below},
             {end.x() - half, below},
             {end.x() - half, end.y()},
             end}};
}

} // namespace

StripLayout layOutStrip(const QStringList &names, QSize area, const StripMetrics &metrics)
{
    StripLayout layout;
    if (names.isEmpty())
        return layout;
    const Grouping grouping(names);
    const int columns = grouping.bestColumns(area, metrics);
    layout.tile = std::max(4, grouping.tileSide(columns, area, metrics));
    const int step = layout.tile + metrics.gap;
    const int lineStep = step + metrics.barRoom();
    const int singleStep = std::max(layout.tile, metrics.singleWidth) + metrics.gap;
    const int first = grouping.before * singleStep;
    const int end = first + columns * step;

    const auto place = [&](int x, int y) {
        layout.tiles.emplace_back(x, y, layout.tile, layout.tile);
        layout.bars.emplace_back(x, y + layout.tile + metrics.barRoom() - metrics.barHeight, layout.tile,
                                 metrics.barHeight);
    };
    const auto caption = [&](const QString &text, int x, int y, int width) {
        layout.captions.push_back(
            {text, int(layout.tiles.size()), {x, y - metrics.captionHeight, width, metrics.captionHeight}});
    };
    int y = metrics.captionHeight;
    for (const Band &band : grouping.bands) {
        int x = first - int(band.before.size()) * singleStep;
        for (const Stage &stage : band.before) {
            caption(stage.name, x, y, singleStep);
            place(x, y);
            x += singleStep;
        }
        if (band.repeated.count > 0)
            caption(QStringLiteral("%1 × %2").arg(band.repeated.name).arg(band.repeated.count), first, y,
                    columns * step);
        for (int i = 0; i < band.repeated.count; ++i)
            place(first + i % columns * step, y + i / columns * lineStep);
        // Where the last line ends, as far as its captions leave room.
        const int last = y + (band.lines(columns) - 1) * lineStep;
        x = end;
        for (const Stage &stage : band.after) {
            caption(stage.name, x, last, singleStep);
            place(x, last);
            x += singleStep;
        }
        y += band.lines(columns) * lineStep + metrics.gap + metrics.captionHeight;
    }
    for (std::size_t i = 1; i < layout.tiles.size(); ++i)
        layout.arrows.push_back(arrowBetween(layout.tiles[i - 1], layout.tiles[i], metrics));
    layout.size = {end + grouping.after * singleStep - metrics.gap,
                   y - 2 * metrics.gap - metrics.captionHeight};
    return layout;
}

} // namespace reslens
