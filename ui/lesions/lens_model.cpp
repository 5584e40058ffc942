// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/lens_model.h"

namespace reslens {
namespace {

int alignmentOf(int column)
{
    return int((column < LensModel::FirstClass ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
}

} // namespace

void LensModel::setView(const LensView &view)
{
    beginResetModel();
    m_view = view;
    endResetModel();
}

int LensModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_view.stepCount();
}

int LensModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : FirstClass + int(m_view.classes.size());
}

QVariant LensModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(index.column());
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    const LensStep &step = m_view.step(index.row());
    switch (index.column()) {
    case Block:
        return QString::fromStdString(step.block);
    case Calibrated:
        return step.isCalibrated ? tr("yes") : tr("no");
    default:
        return role == Qt::EditRole ? QVariant(m_view.value(index.row(), index.column() - FirstClass))
                                    : QVariant(m_view.text(index.row(), index.column() - FirstClass));
    }
}

QVariant LensModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Block:
        return tr("After");
    case Calibrated:
        return tr("Calibrated");
    default:
        return m_view.names.value(section - FirstClass);
    }
}

} // namespace reslens
