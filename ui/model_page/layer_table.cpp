// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/layer_table.h"

#include "engine/cost.h"
#include "engine/report.h"
#include "ui/base/format.h"
#include "ui/session/block_model.h"
#include "ui/weights/model_report.h"

#include <algorithm>

namespace reslens {
namespace {

/// Blocks in a row that are alike.
struct Run
{
    QString stage;
    Shape output;
    std::vector<LayerWidth> layers;
    Cost cost; ///< of one of them
    int count = 1;
    QString name; ///< of the first

    Run(const ModelSummary &model, const Block &block)
        : stage(stageOf(QString::fromStdString(block.name))), output(model.shapes[std::size_t(block.output)]),
          layers(layerWidths(model.description, block)), cost(costOf(model.description, model.shapes, block)),
          name(QString::fromStdString(block.name))
    {
    }

    bool isLike(const Run &other) const
    {
        const auto sameWidth = [](const LayerWidth &a, const LayerWidth &b) {
            return a.tensor == b.tensor && a.filters == b.filters;
        };
        return stage == other.stage && output == other.output && cost == other.cost &&
               std::ranges::equal(layers, other.layers, sameWidth);
    }
};

std::vector<Run> runsOf(const ModelSummary &model)
{
    std::vector<Run> runs;
    for (const Block &block : model.description.blocks) {
        Run run(model, block);
        if (!runs.empty() && runs.back().isLike(run))
            ++runs.back().count;
        else
            runs.push_back(std::move(run));
    }
    return runs;
}

int alignmentOf(int column)
{
    const bool number = column == LayerTable::Parameters || column == LayerTable::GigaFlops;
    return int((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

void LayerTable::setModel(const ModelSummaryPtr &model)
{
    beginResetModel();
    m_rows.clear();
    for (const Run &run : model ? runsOf(*model) : std::vector<Run>()) {
        QStringList widths, named;
        for (const LayerWidth &layer : run.layers) {
            widths << QString::number(layer.filters);
            named << QStringLiteral("%1: %2").arg(QString::fromStdString(layer.tensor)).arg(layer.filters);
        }
        const QString name =
            run.count > 1 ? QStringLiteral("%1 × %2").arg(run.stage).arg(run.count) : run.name;
        m_rows.push_back({{name, formatShape(run.output), widths.join(QStringLiteral(" · ")),
                           QString::fromStdString(formatCount(run.count * run.cost.parameters)),
                           formatValue(double(run.count * run.cost.flops) / 1e9)},
                          named.join(u'\n'),
                          run.name});
    }
    endResetModel();
}

int LayerTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int LayerTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant LayerTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.cells[std::size_t(index.column())];
    case Qt::ToolTipRole:
        return row.layers;
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    case BlockRole:
        return row.block;
    default:
        return {};
    }
}

QVariant LayerTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Block");
    case Output:
        return tr("Output");
    case Widths:
        return tr("Filters of its layers");
    case Parameters:
        return tr("Parameters");
    default:
        return tr("GFLOP");
    }
}

} // namespace reslens
