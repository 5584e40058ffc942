// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/weights/part_file.h"
#include "ui/weights/remote_file.h"

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace reslens {

/// What is done about a connection that breaks, a server that falls silent, and one that is busy or failing
/// (HTTP 408, 425, 429 and 5xx): after a pause, which doubles each time, the download goes on where it was.
/// It gives up after so many attempts in a row that got it no further. All else is final at once: a file that
/// the server does not have will not be there a second later, nor does a computer that is offline come
/// online.
struct RetryPolicy
{
    int attempts = 5;
    std::chrono::milliseconds firstPause{1000};
    std::chrono::milliseconds silence{30'000}; ///< without a byte, after which a connection counts as broken
};

/// Fetches a file into a folder. The bytes go to a part file, which stays when the download is cut or
/// cancelled and which the next one continues; with the right checksum, and only then, it becomes the file,
/// in one step. A part that an earlier program has left is continued on trust: should the checksum be wrong
/// in the end, the download starts again from nothing, once.
///
/// Follows redirections, but none from https to http; honours the system's proxy settings. Needs an event
/// loop; its slots take the disk's time, so a window gives it a thread of its own.
class Download : public QObject
{
    Q_OBJECT

public:
    Download(RemoteFile file, const QString &folder, const RetryPolicy &policy = {},
             QObject *parent = nullptr);
    ~Download() override;

    /// To be called once. finished(), failed() or cancelled() follows.
    void start();
    /// Does nothing once it has come to its end.
    void cancel();

signals:
    /// Bytes that are here, and of how many; 0 as long as nobody has said. Ten times a second at most.
    void progressed(qint64 received, qint64 total);
    /// It goes on by itself after a while; the sentence says why it had to stop and when it goes on.
    void paused(const QString &sentence);
    void finished(const QString &path);
    void failed(const QString &sentence);
    void cancelled();

private:
    /// Every event's work; the one place where errors end.
    void carryOut(const std::function<void()> &work);
    void open();
    void request();
    void receive();
    /// Whether the running reply brings the file, in whole or from where the part ends.
    bool accept();
    void conclude();
    void complete();
    void startAgain();
    void retry(const QString &sentence);
    void checkSpace() const;
    void report(bool always);
    void end();

    qint64 total() const { return m_announced > 0 ? m_announced : m_file.size; }

    struct Dispose
    {
        void operator()(QNetworkReply *reply) const;
    };

    RemoteFile m_file;
    QString m_target;
    RetryPolicy m_policy;
    QNetworkAccessManager m_manager;
    QTimer m_pause;
    std::unique_ptr<QNetworkReply, Dispose> m_reply;
    std::optional<PartFile> m_part;
    bool m_ended = false;
    bool m_accepted = false;     ///< see accept()
    bool m_continued = false;    ///< the part is of more than one answer
    bool m_startedAgain = false; ///< for a wrong checksum
    QByteArray m_validator;      ///< of the answer that began the part: its ETag or date
    qint64 m_announced = 0;      ///< the file's size as the server says; 0 if it does not
    qint64 m_furthest = 0;       ///< the most bytes that there have been
    int m_attempts = 0;          ///< in a row that got no further
    QElapsedTimer m_reported;
};

} // namespace reslens
