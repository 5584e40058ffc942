// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/model_report.h"

#include "engine/shapes.h"
#include "engine/weights/class_names.h"
#include "resources/resources.h"

#include <QFileInfo>

namespace reslens {

std::vector<LayerWidth> layerWidths(const Description &description, const Block &block)
{
    std::vector<LayerWidth> widths;
    for (int index = block.firstNode; index <= block.lastNode; ++index) {
        const Node &node = description.nodes[std::size_t(index)];
        if (node.hasWeights())
            widths.push_back({node.tensor, node.filters});
    }
    return widths;
}

ModelReport reportOn(const WeightFile &file, const QString &classNames)
{
    ModelReport report{file.info(), file.origin(), qint64(embeddedModel().size()), {}, 0};
    ModelInfo &info = report.info;
    if (!info.path.empty())
        report.fileSize = QFileInfo(QString::fromStdString(info.path)).size();
    nameClassesFromFiles(info, classNames.toStdU16String());
    nameClasses(info, imagenetLabels());
    const Description &description = file.description();
    const std::vector<Shape> shapes = inferShapes(description, info.inputSize);
    for (const Block &block : description.blocks) {
        const Cost cost = costOf(description, shapes, block);
        report.blocks.push_back(
            {block.name, shapes[std::size_t(block.output)], cost, layerWidths(description, block)});
        report.flops += cost.flops;
    }
    return report;
}

} // namespace reslens
