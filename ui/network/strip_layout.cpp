// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/strip_layout.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace reslens {
namespace {

constexpr int LeastTile = 20;

struct Stage
{
    QString name;
    int captionWidth = 0;
    int count = 0;
};

struct Band
{
    std::vector<Stage> before; ///< single blocks
    Stage repeated;
    std::vector<Stage> after; ///< single blocks, of the last band only

    int lines(int columns) const { return std::max(1, (repeated.count + columns - 1) / columns); }
};

std::vector<Stage> stagesOf(const QStringList &names, const std::vector<int> &captionWidths)
{
    std::vector<Stage> stages;
    for (std::size_t i = 0; i < captionWidths.size(); ++i) {
        const QString &name = names[qsizetype(i)];
        if (stages.empty() || stages.back().name != name)
            stages.push_back({name, captionWidths[i], 0});
        ++stages.back().count;
    }
    return stages;
}

/// The widths of columns of single blocks grow to what these blocks need, counted from the repeated ones.
void widen(std::vector<int> &widths, const std::vector<Stage> &singles)
{
    widths.resize(std::max(widths.size(), singles.size()));
    for (std::size_t i = 0; i < singles.size(); ++i)
        widths[i] = std::max(widths[i], singles[i].captionWidth);
}

/// Everything about an arrangement that does not depend on the number of columns.
struct Grouping
{
    std::vector<Band> bands;
    /// What the captions need in the columns of single blocks on the left, and on the right, of the repeated
    /// ones, from which they are counted.
    std::vector<int> before;
    std::vector<int> after;
    int longest = 1; ///< the longest run

    Grouping(const QStringList &names, const std::vector<int> &captionWidths)
    {
        Band band;
        for (const Stage &stage : stagesOf(names, captionWidths)) {
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
            widen(before, {each.before.rbegin(), each.before.rend()});
            widen(after, each.after);
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
        const int captions = int(bands.size()) * (metrics.captionHeight + metrics.gap) - metrics.gap;
        // There is at least one band, and each has a line.
        // NOLINTNEXTLINE(clang-analyzer-core.DivideZero)
        int tile = (area.height() - captions) / lines(columns) - metrics.gap - metrics.barRoom();
        while (tile > 0 && width(columns, tile, metrics) > area.width())
            --tile;
        return tile;
    }

    /// Where the columns of single blocks on one side end, counted from the repeated ones.
    static int singlesWidth(const std::vector<int> &captionWidths, int tile, const StripMetrics &metrics)
    {
        return std::accumulate(captionWidths.begin(), captionWidths.end(), 0, [&](int sum, int caption) {
            return sum + std::max(tile, caption) + metrics.gap;
        });
    }

    int width(int columns, int tile, const StripMetrics &metrics) const
    {
        return singlesWidth(before, tile, metrics) + columns * (tile + metrics.gap) +
               singlesWidth(after, tile, metrics) - metrics.gap;
    }

    int bestColumns(QSize area, const StripMetrics &metrics) const
    {
        // A ragged last line costs some order: it has to buy tiles that are a quarter larger.
        const auto score = [&](int columns) {
            return std::max(0, tileSide(columns, area, metrics)) * (dividesEvenly(columns) ? 1.25 : 1);
        };
        int best = longest;
        for (int columns = longest - 1; columns > 0; --columns) {
            // So do more lines, which also take height from what stands below: tiles half as large again.
            const double price = lines(columns) > lines(best) ? 1.5 : 1;
            if (score(columns) > price * score(best))
                best = columns;
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

struct Fit
{
    Grouping grouping;
    int columns;
    int tile;
};

/// As many columns as give the largest tiles.
Fit fit(const QStringList &names, QSize area, const StripMetrics &metrics)
{
    const auto fitWith = [&](const std::vector<int> &captionWidths) {
        const Grouping grouping(names, captionWidths);
        const int columns = grouping.bestColumns(area, metrics);
        return Fit{grouping, columns, std::max(4, grouping.tileSide(columns, area, metrics))};
    };
    Fit best = fitWith(metrics.captionWidths);
    // Rather shorten captions than have tiles in which nothing can be told apart; but only if that helps.
    for (int share = 80; best.tile < LeastTile && share >= 40; share -= 20) {
        std::vector<int> captionWidths = metrics.captionWidths;
        for (int &width : captionWidths)
            width = width * share / 100;
        const Fit narrower = fitWith(captionWidths);
        if (4 * narrower.tile < 5 * best.tile)
            break;
        best = narrower;
    }
    return best;
}

} // namespace

StripLayout layOutStrip(const QStringList &names, QSize area, const StripMetrics &metrics)
{
    StripLayout layout;
    if (names.isEmpty())
        return layout;
    const auto [grouping, columns, tile] = fit(names, area, metrics);
    layout.tile = tile;
    const int step = layout.tile + metrics.gap;
    const int lineStep = step + metrics.barRoom();
    const auto singleStep = [&](int caption) { return std::max(layout.tile, caption) + metrics.gap; };
    const int first = Grouping::singlesWidth(grouping.before, layout.tile, metrics);
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
        int x = first;
        for (std::size_t i = 0; i < band.before.size(); ++i)
            x -= singleStep(grouping.before[i]);
        for (std::size_t i = 0; i < band.before.size(); ++i) {
            const int width = singleStep(grouping.before[band.before.size() - 1 - i]);
            caption(band.before[i].name, x, y, width);
            place(x, y);
            x += width;
        }
        if (band.repeated.count > 0)
            caption(QStringLiteral("%1 × %2").arg(band.repeated.name).arg(band.repeated.count), first, y,
                    columns * step);
        for (int i = 0; i < band.repeated.count; ++i)
            place(first + i % columns * step, y + i / columns * lineStep);
        // Where the last line ends, as far as its captions leave room.
        const int last = y + (band.lines(columns) - 1) * lineStep;
        x = end;
        for (std::size_t i = 0; i < band.after.size(); ++i) {
            const int width = singleStep(grouping.after[i]);
            caption(band.after[i].name, x, last, width);
            place(x, last);
            x += width;
        }
        y += band.lines(columns) * lineStep + metrics.gap + metrics.captionHeight;
    }
    for (std::size_t i = 1; i < layout.tiles.size(); ++i)
        layout.arrows.push_back(arrowBetween(layout.tiles[i - 1], layout.tiles[i], metrics));
    layout.size = {grouping.width(columns, layout.tile, metrics),
                   y - 2 * metrics.gap - metrics.captionHeight};
    return layout;
}

} // namespace reslens
