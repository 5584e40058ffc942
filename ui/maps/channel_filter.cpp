// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/channel_filter.h"

#include "ui/maps/channel_model.h"

#include <QRegularExpression>
#include <algorithm>
#include <limits>

namespace reslens {

std::optional<std::vector<std::pair<int, int>>> parseChannels(const QString &text)
{
    static const QRegularExpression separator(QStringLiteral("[,;\\s]+"));
    static const QRegularExpression range(
        QStringLiteral("^(?:ch)?(\\d{1,6})(?:([-–…])(?:ch)?(\\d{1,6})?)?$"));
    static const QRegularExpression spacedDash(QStringLiteral("\\s*([-–…])\\s*"));
    std::vector<std::pair<int, int>> ranges;
    const QString joined = QString(text).replace(spacedDash, QStringLiteral("\\1"));
    for (const QString &part : joined.split(separator, Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = range.match(part);
        if (!match.hasMatch())
            return {};
        const int first = match.captured(1).toInt();
        const int last = match.hasCaptured(3)   ? match.captured(3).toInt()
                         : match.hasCaptured(2) ? std::numeric_limits<int>::max()
                                                : first;
        ranges.emplace_back(std::min(first, last), std::max(first, last));
    }
    return ranges;
}

ChannelFilter::ChannelFilter(QObject *parent) : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sortBy(ChannelModel::ChannelRole);
}

void ChannelFilter::sortBy(int role)
{
    setSortRole(role);
    sort(0, role == ChannelModel::ChannelRole ? Qt::AscendingOrder : Qt::DescendingOrder);
}

void ChannelFilter::setHidesDead(bool hides)
{
    changeFilter([&] { m_hidesDead = hides; });
}

bool ChannelFilter::setChannels(const QString &text)
{
    const auto channels = parseChannels(text);
    if (!channels)
        return false;
    changeFilter([&] { m_channels = *channels; });
    return true;
}

void ChannelFilter::changeFilter(const std::function<void()> &change)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    beginFilterChange();
    change();
    endFilterChange(Direction::Rows);
#else
    change();
    invalidateFilter();
#endif
}

bool ChannelFilter::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const bool named =
        m_channels.empty() || std::any_of(m_channels.begin(), m_channels.end(), [row](const auto &range) {
            return row >= range.first && row <= range.second;
        });
    return named &&
           !(m_hidesDead && sourceModel()->index(row, 0, parent).data(ChannelModel::DeadRole).toBool());
}

bool ChannelFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    return left.data(sortRole()).toDouble() < right.data(sortRole()).toDouble();
}

} // namespace reslens
