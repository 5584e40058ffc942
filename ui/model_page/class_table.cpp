// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/class_table.h"

#include "ui/base/format.h"

namespace reslens {

void ClassTable::setModel(const ModelSummaryPtr &model)
{
    beginResetModel();
    m_model = model;
    endResetModel();
}

int ClassTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_model ? 0 : int(m_model->info.classes.size());
}

int ClassTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClassTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return int((index.column() == Index ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const ClassLabel &label = m_model->info.classes[std::size_t(index.row())];
    switch (index.column()) {
    case Index:
        return index.row();
    case Name:
        return readableName(label.name);
    default:
        return QString::fromStdString(label.wnid);
    }
}

QVariant ClassTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
        return int((section == Index ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Index:
        return tr("Index");
    case Name:
        return tr("Name");
    default:
        return tr("WordNet id");
    }
}

} // namespace reslens
