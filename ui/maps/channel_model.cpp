// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/channel_model.h"

#include "ui/base/format.h"

#include <algorithm>

namespace reslens {
namespace {

constexpr int PictureBytes = 32 << 20;

} // namespace

ChannelModel::ChannelModel(QObject *parent) : QAbstractListModel(parent), m_pictures(PictureBytes) {}

const BlockMaps::Map *ChannelModel::map() const
{
    return m_maps ? &m_maps->maps[std::size_t(m_position)] : nullptr;
}

void ChannelModel::forgetPictures()
{
    m_pictures.clear();
    m_tensorLimits.reset();
}

void ChannelModel::lockContrast()
{
    m_colouring.locked.reset();
    if (m_colouring.contrast != Contrast::Locked || !map())
        return;
    const QString &address = map()->address;
    if (!m_lockedLimits.contains(address))
        m_lockedLimits.insert(address, valueLimits(*map(), 0, m_colouring));
    m_colouring.locked = m_lockedLimits.value(address);
}

void ChannelModel::setMap(const BlockMapsPtr &maps, int position)
{
    const int count = maps ? int(maps->maps[std::size_t(position)].channels.size()) : 0;
    const bool sameRows = count == rowCount();
    if (!sameRows)
        beginResetModel();
    m_maps = maps;
    m_position = position;
    lockContrast();
    forgetPictures();
    if (!sameRows)
        endResetModel();
    else if (count > 0)
        emit dataChanged(index(0), index(count - 1));
}

void ChannelModel::setColouring(const Colouring &colouring)
{
    const Colouring before = std::exchange(m_colouring, colouring);
    if (colouring.contrast != Contrast::Locked || colouring.cut != before.cut)
        m_lockedLimits.clear();
    lockContrast();
    if (m_colouring == before)
        return;
    forgetPictures();
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1), {Qt::DecorationRole});
}

void ChannelModel::setScores(const ChannelScoresPtr &scores)
{
    if (scores == m_scores)
        return;
    m_scores = scores;
    if (rowCount() > 0)
        emit dataChanged(index(0), index(rowCount() - 1), {ScoreRole, Qt::ToolTipRole});
}

double ChannelModel::score(int channel) const
{
    // Those of the block before may still be here for a moment.
    return m_scores && m_maps && m_scores->block == m_maps->index
               ? m_scores->scores[std::size_t(m_position)][std::size_t(channel)]
               : 0;
}

ColorScale ChannelModel::scale(int channel) const
{
    if (m_colouring.contrast == Contrast::Map)
        return scaleOver(valueLimits(*map(), channel, m_colouring), *map(), m_colouring);
    if (!m_tensorLimits)
        m_tensorLimits = valueLimits(*map(), channel, m_colouring);
    return scaleOver(*m_tensorLimits, *map(), m_colouring);
}

QImage ChannelModel::picture(int channel) const
{
    if (const QImage *kept = m_pictures.object(channel))
        return *kept;
    const QImage painted = paintChannel(map()->tensor->view(), channel, scale(channel));
    m_pictures.insert(channel, new QImage(painted), painted.sizeInBytes());
    return painted;
}

int ChannelModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_maps ? 0 : int(map()->channels.size());
}

QString ChannelModel::name(int channel) const
{
    const bool isClass = map()->address == QLatin1String("predictions/logits") || isOfProbabilities();
    return isClass ? readableName(m_maps->model->info.classes[std::size_t(channel)].name)
                   : QStringLiteral("ch%1").arg(channel);
}

bool ChannelModel::isOfProbabilities() const
{
    return map()->address == QLatin1String("predictions/probabilities");
}

QString ChannelModel::description(int channel) const
{
    const Statistics &figures = map()->channels[std::size_t(channel)];
    if (isOfValues())
        return tr("%1, channel %2\n%3\nvalue %4")
            .arg(map()->address)
            .arg(channel)
            .arg(name(channel), formatValue(figures.mean));
    const QString text =
        tr("%1, channel %2\nfrom %3 to %4\nmean %5 · deviation %6 · zeros %7")
            .arg(map()->address)
            .arg(channel)
            .arg(formatValue(figures.minimum), formatValue(figures.maximum), formatValue(figures.mean),
                 formatValue(figures.standardDeviation), formatPercent(figures.shareOfZeros));
    return m_scores ? text + tr("\ngradient × value %1").arg(formatValue(score(channel))) : text;
}

QVariant ChannelModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Statistics &figures = map()->channels[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return name(index.row());
    case Qt::DecorationRole:
        return picture(index.row());
    case Qt::ToolTipRole:
        return description(index.row());
    case Qt::AccessibleTextRole:
        return description(index.row()).replace(u'\n', QStringLiteral(", "));
    case ChannelRole:
        return index.row();
    case MeanRole:
        return figures.mean;
    case MinimumRole:
        return double(figures.minimum);
    case MaximumRole:
        return double(figures.maximum);
    case VarianceRole:
        return figures.standardDeviation * figures.standardDeviation;
    case ZerosRole:
        return figures.shareOfZeros;
    case ScaleLowRole:
        return std::min(0.0, double(map()->minimum));
    case ScaleHighRole:
        return isOfProbabilities() ? 1.0 : std::max(0.0, double(map()->maximum));
    case ValueTextRole:
        return isOfProbabilities() ? formatPercent(figures.mean) : formatValue(figures.mean);
    case ScoreRole:
        return score(index.row());
    case DeadRole:
        return figures.shareOfZeros == 1;
    default:
        return {};
    }
}

Qt::ItemFlags ChannelModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractListModel::flags(index);
    return index.isValid() ? flags | Qt::ItemIsDragEnabled : flags;
}

} // namespace reslens
