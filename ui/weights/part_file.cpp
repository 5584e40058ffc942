// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/part_file.h"

#include "engine/error.h"

#include <QDir>
#include <QFileInfo>

#include <filesystem>
#include <unistd.h>

namespace reslens {

PartFile::PartFile(const QString &target)
    : m_target(target), m_lock(pathFor(target) + QStringLiteral(".lock")), m_file(pathFor(target))
{
    const QString folder = QFileInfo(target).absolutePath();
    if (!QDir().mkpath(folder))
        fail(QStringLiteral("there is no folder %1, and it cannot be made").arg(folder));
    // Only the end of its owner makes a lock void: fetching takes as long as it takes.
    m_lock.setStaleLockTime(0);
    if (!m_lock.tryLock())
        fail(m_lock.error() == QLockFile::LockFailedError
                 ? QStringLiteral("another program is fetching it right now")
                 : QStringLiteral("%1 is not writable").arg(folder));
    if (!m_file.open(QIODevice::ReadWrite))
        fail(m_file.errorString());
    readWhatIsThere();
}

QString PartFile::pathFor(const QString &target)
{
    return target + QStringLiteral(".part");
}

void PartFile::readWhatIsThere()
{
    if (!m_hash.addData(&m_file))
        fail(m_file.errorString());
    m_size = m_file.pos();
}

void PartFile::append(const QByteArray &bytes)
{
    if (m_file.write(bytes) != bytes.size() || !m_file.flush())
        fail(m_file.errorString());
    m_hash.addData(bytes);
    m_size += bytes.size();
}

void PartFile::clear()
{
    if (!m_file.resize(0) || !m_file.seek(0))
        fail(m_file.errorString());
    m_hash.reset();
    m_size = 0;
}

void PartFile::moveToTarget()
{
    // Without it a power cut could leave the name with none of the bytes.
    if (::fsync(m_file.handle()) != 0)
        fail(qt_error_string());
    m_file.close();
    std::error_code error;
    std::filesystem::rename(m_file.fileName().toStdU16String(), m_target.toStdU16String(), error);
    if (error)
        fail(QString::fromStdString(error.message()));
}

void PartFile::fail(const QString &reason) const
{
    throw Error(ErrorKind::FileUnwritable,
                QStringLiteral("%1 cannot be written: %2").arg(m_target, reason).toStdString());
}

} // namespace reslens
