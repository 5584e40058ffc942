// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/layer_table.h"

#include "ui/base/format.h"
#include "ui/weights/model_report.h"

namespace reslens {

void LayerTable::setModel(const ModelSummaryPtr &model)
{
    beginResetModel();
    m_model = model;
    endResetModel();
}

int LayerTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_model ? 0 : int(m_model->description.blocks.size());
}

int LayerTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString LayerTable::layers(int row, const QString &separator, bool named) const
{
    QStringList parts;
    for (const LayerWidth &layer :
         layerWidths(m_model->description, m_model->description.blocks[std::size_t(row)]))
        parts << (named
                      ? QStringLiteral("%1: %2").arg(QString::fromStdString(layer.tensor)).arg(layer.filters)
                      : QString::number(layer.filters));
    return parts.join(separator);
}

QString LayerTable::text(int row, int column) const
{
    const Block &block = m_model->description.blocks[std::size_t(row)];
    switch (column) {
    case Name:
        return QString::fromStdString(block.name);
    case Output:
        return formatShape(m_model->shapes[std::size_t(block.output)]);
    default:
        return layers(row, QStringLiteral(" · "), false);
    }
}

QVariant LayerTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::DisplayRole)
        return text(index.row(), index.column());
    if (role == Qt::ToolTipRole)
        return layers(index.row(), QStringLiteral("\n"), true);
    return {};
}

QVariant LayerTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Block");
    case Output:
        return tr("Output");
    default:
        return tr("Filters of its layers");
    }
}

} // namespace reslens
