// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/drop_model.h"

#include "ui/base/format.h"

namespace reslens {
namespace {

int alignmentOf(int column)
{
    return int((column == DropModel::Block ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

DropModel::DropModel(const LesionStudy &study, QObject *parent) : QAbstractTableModel(parent), m_study(study)
{
    connect(&study, &LesionStudy::changed, this, &DropModel::refresh);
    refresh();
}

void DropModel::refresh()
{
    const std::vector<LesionStudy::Block> &now = m_study.blocks();
    if (now.size() != m_blocks.size()) {
        beginResetModel();
        m_blocks = now;
        endResetModel();
    } else if (now != m_blocks) {
        m_blocks = now;
        emit dataChanged(index(0, 0), index(int(m_blocks.size()) - 1, ColumnCount - 1));
    }
}

int DropModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_blocks.size());
}

int DropModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant DropModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    const LesionStudy::Block &block = m_blocks[std::size_t(index.row())];
    if (index.column() == Block)
        return role == Qt::EditRole ? QVariant(index.row()) : QVariant(block.name);
    const std::optional<double> &value = index.column() == Drop ? block.drop : block.attribution;
    if (role == Qt::EditRole)
        return value ? QVariant(*value) : QVariant();
    return value ? formatFixed(*value, 3) : QStringLiteral("–");
}

QVariant DropModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Block:
        return tr("Block");
    case Drop:
        return tr("Drop when off");
    case Attribution:
        return tr("Direct path");
    default:
        return {};
    }
}

} // namespace reslens
