// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_table.h"

#include "ui/session/block_model.h"

namespace reslens {

ChartTable tableOf(const BlockModel &blocks)
{
    ChartTable table{{BlockModel::tr("Block"), BlockModel::tr("Height"), BlockModel::tr("Width"),
                      BlockModel::tr("Channels"), BlockModel::tr("‖s·F‖ / ‖x‖"), BlockModel::tr("Mean"),
                      BlockModel::tr("Deviation"), BlockModel::tr("Min"), BlockModel::tr("Max"),
                      BlockModel::tr("Share of zeros")},
                     {}};
    for (int row = 0; row < blocks.rowCount(); ++row) {
        const ModelSummary::BlockEntry &block = blocks.block(row);
        const std::optional<double> energy = blocks.energy(row);
        QStringList cells{block.name, QString::number(block.shape.height), QString::number(block.shape.width),
                          QString::number(block.shape.channels), energy ? exactNumber(*energy) : QString()};
        if (const BlockSummaryPtr summary = blocks.result(row)) {
            const Statistics &figures = summary->statistics;
            for (const double figure : {figures.mean, figures.standardDeviation, double(figures.minimum),
                                        double(figures.maximum), figures.shareOfZeros})
                cells << exactNumber(figure);
        }
        table.rows.push_back(cells);
    }
    return table;
}

} // namespace reslens
