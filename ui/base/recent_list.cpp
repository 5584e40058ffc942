// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/recent_list.h"

#include <QFileInfo>
#include <QSettings>

namespace reslens {
namespace {

constexpr int Length = 10;

} // namespace

QStringList RecentList::paths() const
{
    return QSettings().value(m_key).toStringList();
}

void RecentList::add(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList list = paths();
    list.removeAll(absolute);
    list.prepend(absolute);
    QSettings().setValue(m_key, QStringList(list.mid(0, Length)));
}

void RecentList::clear()
{
    QSettings().remove(m_key);
}

} // namespace reslens
