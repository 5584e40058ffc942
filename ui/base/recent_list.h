// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace reslens {

/// The last ten files of a kind, newest first, kept in the settings.
class RecentList
{
public:
    /// `key` is the name in the settings.
    explicit RecentList(const QString &key) : m_key(key) {}

    QStringList paths() const;
    void add(const QString &path);
    void clear();

private:
    QString m_key;
};

} // namespace reslens
