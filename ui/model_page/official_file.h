// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model_page/background_hash.h"
#include "ui/weights/remote_file.h"

#include <QDateTime>
#include <QObject>
#include <QThread>

namespace reslens {

class Download;

/// One of the files with official weights: whether it is on this computer, whether it is whole, and how it
/// gets here. Nothing of it takes the window's time.
class OfficialFile : public QObject
{
    Q_OBJECT

public:
    enum class State
    {
        Absent,       ///< in none of the folders
        Begun,        ///< a part has been fetched
        Checking,     ///< found, its checksum is being computed
        Right,        ///< found, with the right checksum
        CutShort,     ///< found, but with fewer bytes than it must have
        OtherVariant, ///< what was located is the other official file, with or without its top
        Wrong,        ///< found, but with another checksum
        Unreadable,   ///< found, but it cannot be read
        Fetching
    };

    /// `other` is the variant that it might be taken for.
    OfficialFile(RemoteFile file, RemoteFile other, QObject *parent = nullptr);
    ~OfficialFile() override;

    /// Looks into weightsFolders() again; what has been checked is not checked again while it stays as it is.
    void look();
    /// A file that the user has pointed at is taken for it until it is gone.
    void locate(const QString &path);
    /// Goes on with the part that there is, if any.
    void fetch();
    /// The part stays.
    void cancel();

    const RemoteFile &file() const { return m_file; }
    State state() const { return m_state; }
    /// Where it is, whatever its state; empty if it is not here.
    const QString &path() const { return m_path; }
    /// Bytes that are here, of a part or of the file.
    qint64 size() const { return m_size; }
    /// Of how many, as the server says or as is known.
    qint64 total() const { return m_total; }
    /// The MD5 found, of a file with the wrong one.
    const QString &foundMd5() const { return m_foundMd5; }
    /// Why fetching ended early, or why it pauses; empty if it does not.
    const QString &remark() const { return m_remark; }

signals:
    void changed();
    /// It has just been fetched, or located, and is right.
    void arrived(const QString &path);

private:
    void check(const QString &path);
    void onChecked(const QString &md5);
    void onFetchEnded(const QString &remark);
    void setState(State state);

    RemoteFile m_file;
    RemoteFile m_other;
    State m_state = State::Absent;
    QString m_located;
    QString m_path;
    QDateTime m_checkedTime; ///< of the last change to the file whose checksum is known
    qint64 m_size = 0;
    qint64 m_total = 0;
    QString m_foundMd5;
    QString m_remark;
    bool m_announces = false; ///< arrived() follows a right checksum
    BackgroundHash m_hash;
    QThread m_thread;
    Download *m_download = nullptr;
};

} // namespace reslens
