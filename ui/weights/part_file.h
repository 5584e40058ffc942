// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCryptographicHash>
#include <QFile>
#include <QLockFile>
#include <QString>

namespace reslens {

/// The beginning of a file that is being fetched, TARGET.part, with the MD5 of what there is of it. One
/// program at a time writes to it, and what is there stays until the whole takes the target's place.
class PartFile
{
public:
    /// Goes on with what an earlier one has left. Creates the folder. Throws Error(FileUnwritable) if that,
    /// or the file, cannot be written, or if another program is writing to it.
    explicit PartFile(const QString &target);

    /// Where the part of a target lies.
    static QString pathFor(const QString &target);

    qint64 size() const { return m_size; }
    /// As 32 lower-case hexadecimal digits.
    QByteArray md5() const { return m_hash.result().toHex(); }

    /// Throws Error(FileUnwritable), for instance if the disk is full.
    void append(const QByteArray &bytes);
    /// Back to an empty file. Throws Error(FileUnwritable).
    void clear();
    /// Makes the part the target, replacing what was there, in one step. Throws Error(FileUnwritable).
    void moveToTarget();
    void remove() { m_file.remove(); }

private:
    void readWhatIsThere();
    [[noreturn]] void fail(const QString &reason) const;

    QString m_target;
    QLockFile m_lock;
    QFile m_file;
    QCryptographicHash m_hash{QCryptographicHash::Md5};
    qint64 m_size = 0;
};

} // namespace reslens
