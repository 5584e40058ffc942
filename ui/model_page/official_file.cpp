// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/official_file.h"

#include "ui/weights/download.h"
#include "ui/weights/file_hash.h"
#include "ui/weights/official_weights.h"

#include <QDir>
#include <QFileInfo>

namespace reslens {

OfficialFile::OfficialFile(RemoteFile file, RemoteFile other, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_other(std::move(other)), m_total(m_file.size)
{
    m_thread.setObjectName(QStringLiteral("download"));
    connect(&m_hash, &BackgroundHash::done, this, &OfficialFile::onChecked);
}

OfficialFile::~OfficialFile()
{
    m_thread.quit();
    m_thread.wait();
}

void OfficialFile::setState(State state)
{
    m_state = state;
    emit changed();
}

void OfficialFile::look()
{
    if (m_state == State::Fetching)
        return;
    const QString path = QFileInfo(m_located).isFile() ? m_located : findWeights(m_file.name);
    if (!path.isEmpty())
        return check(path);
    m_hash.cancel();
    m_path.clear();
    m_checkedTime = {};
    m_size = QFileInfo(PartFile::pathFor(QDir(weightsFolder()).filePath(m_file.name))).size();
    setState(m_size > 0 ? State::Begun : State::Absent);
}

void OfficialFile::locate(const QString &path)
{
    m_located = path;
    m_announces = true;
    m_checkedTime = {};
    look();
}

void OfficialFile::check(const QString &path)
{
    const QFileInfo info(path);
    const bool known = path == m_path && info.lastModified() == m_checkedTime && info.size() == m_size;
    if (known)
        return;
    m_path = path;
    m_size = info.size();
    m_checkedTime = info.lastModified();
    m_foundMd5.clear();
    m_remark.clear();
    m_hash.start([path](const std::stop_token &stop) {
        return QString::fromLatin1(hashOfFile(path, QCryptographicHash::Md5, stop));
    });
    setState(State::Checking);
}

void OfficialFile::onChecked(const QString &md5)
{
    m_foundMd5 = md5;
    const bool announces = std::exchange(m_announces, false);
    if (md5.isEmpty()) {
        // Looking again tries again.
        m_checkedTime = {};
        setState(State::Unreadable);
    } else if (md5.toLatin1() == m_file.md5) {
        setState(State::Right);
        if (announces)
            emit arrived(m_path);
    } else if (md5.toLatin1() == m_other.md5) {
        setState(State::OtherVariant);
    } else {
        setState(m_size < m_file.size ? State::CutShort : State::Wrong);
    }
}

void OfficialFile::fetch()
{
    if (m_download)
        return;
    m_hash.cancel();
    m_located.clear();
    m_remark.clear();
    m_download = new Download(m_file, weightsFolder());
    connect(m_download, &Download::progressed, this, [this](qint64 received, qint64 total) {
        m_size = received;
        m_total = total;
        m_remark.clear();
        emit changed();
    });
    connect(m_download, &Download::paused, this, [this](const QString &sentence) {
        m_remark = sentence;
        emit changed();
    });
    connect(m_download, &Download::finished, this, [this] {
        m_announces = true;
        onFetchEnded({});
    });
    connect(m_download, &Download::failed, this, &OfficialFile::onFetchEnded);
    connect(m_download, &Download::cancelled, this, [this] { onFetchEnded({}); });
    connect(&m_thread, &QThread::finished, m_download, &QObject::deleteLater);
    m_download->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(m_download, &Download::start);
    setState(State::Fetching);
}

void OfficialFile::cancel()
{
    if (m_download)
        QMetaObject::invokeMethod(m_download, &Download::cancel);
}

void OfficialFile::onFetchEnded(const QString &remark)
{
    m_download->deleteLater();
    m_download = nullptr;
    m_state = State::Absent;
    m_checkedTime = {};
    look();
    m_remark = remark;
    emit changed();
}

} // namespace reslens
