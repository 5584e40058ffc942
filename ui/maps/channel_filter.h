// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <functional>
#include <optional>
#include <vector>

namespace reslens {

/// Channel numbers as people type them: "12", "ch12", "10-19, 40", "99-" for all from there on; every part is
/// a range, both ends included. Nothing if the text is something else; an empty list for an empty text.
std::optional<std::vector<std::pair<int, int>>> parseChannels(const QString &text);

/// The channels of a ChannelModel that one asks for, in the order that one asks for.
class ChannelFilter : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    explicit ChannelFilter(QObject *parent = nullptr);

    /// ChannelModel::ChannelRole sorts from the first channel to the last, every other role from the greatest
    /// figure to the least.
    void sortBy(int role);
    void setHidesDead(bool hides);
    /// See parseChannels(); a text that is something else, mostly because it is being typed, changes nothing.
    /// Whether it was understood.
    bool setChannels(const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void changeFilter(const std::function<void()> &change);

    bool m_hidesDead = false;
    std::vector<std::pair<int, int>> m_channels;
};

} // namespace reslens
