// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/summarize.h"

#include "engine/imaging/resample.h"
#include "resources/resources.h"

#include <algorithm>

namespace reslens {

QImage paintMap(const TensorView &map, float low, float high)
{
    QImage image(map.shape.width, map.shape.height, QImage::Format_RGB32);
    for (int y = 0; y < map.shape.height; ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < map.shape.width; ++x) {
            const Rgb rgb = colour(MapColours, positionInRange(*map.at(y, x), low, high));
            line[x] = qRgb(rgb[0], rgb[1], rgb[2]);
        }
    }
    return image;
}

BlockSummaryPtr summarize(const BlockReport &report)
{
    auto summary = std::make_shared<BlockSummary>();
    summary->index = report.index;
    summary->shape = report.output.shape;
    summary->statistics = statisticsOf(report.output);
    summary->mean = channelMean(report.output);
    const auto values = summary->mean.values();
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    summary->meanMinimum = *low;
    summary->meanMaximum = *high;
    summary->thumbnail = paintMap(summary->mean.view(), *low, *high);
    return summary;
}

ModelSummaryPtr summarize(const Network &network, bool embedded, const FileVersion &version)
{
    auto summary = std::make_shared<ModelSummary>();
    summary->info = network.info();
    summary->origin = network.origin();
    nameClasses(summary->info, imagenetLabels());
    summary->inputSize = network.inputSize();
    summary->embedded = embedded;
    summary->version = version;
    summary->description = network.description();
    for (int node = 0; node < int(summary->description.nodes.size()); ++node)
        summary->shapes.push_back(network.shape(node));
    summary->geometries = mapGeometries(summary->description, summary->shapes);
    for (const Block &block : network.description().blocks)
        if (block.name != "predictions")
            summary->blocks.push_back(
                {QString::fromStdString(block.name), network.shape(block.output), block.residual});
    return summary;
}

std::vector<QImage> halvings(const QImage &picture, int least)
{
    std::vector<QImage> levels{picture.convertToFormat(QImage::Format_RGB32)};
    while (std::max(levels.back().width(), levels.back().height()) > least) {
        const QSize half((levels.back().width() + 1) / 2, (levels.back().height() + 1) / 2);
        levels.push_back(levels.back().scaled(half, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    }
    return levels;
}

QRectF seenArea(QSize picture, int inputSize, ResizeMode mode)
{
    const Box taken = takenPart(picture.width(), picture.height(), inputSize, mode);
    return QRectF(taken.x, taken.y, taken.width, taken.height);
}

} // namespace reslens
