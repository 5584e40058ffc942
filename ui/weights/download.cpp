// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/download.h"

#include "engine/error.h"
#include "engine/report.h"
#include "ui/weights/data_size.h"
#include "ui/weights/http_answer.h"

#include <QDir>
#include <QFileInfo>
#include <QNetworkProxyFactory>
#include <QSslSocket>
#include <filesystem>
#include <system_error>

namespace reslens {
namespace {

constexpr int mostRedirections = 10;
constexpr int reportInterval = 100;
/// The network's thread reads ahead of the disk no further than this; when a connection breaks, it is lost.
constexpr qint64 readBuffer = 1 << 20;
/// What the download leaves free on the disk.
constexpr qint64 reserve = 64 << 20;

class SystemProxies : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        return systemProxyForQuery(query);
    }
};

[[noreturn]] void refuse(ErrorKind kind, const QString &sentence)
{
    throw Error(kind, sentence.toStdString());
}

} // namespace

void Download::Dispose::operator()(QNetworkReply *reply) const
{
    reply->disconnect();
    if (reply->isRunning())
        reply->abort();
    // It may be its own signal that ends it.
    reply->deleteLater();
}

Download::Download(RemoteFile file, const QString &folder, const RetryPolicy &policy, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_target(QDir(folder).absoluteFilePath(m_file.name)),
      m_policy(policy), m_manager(this), m_pause(this)
{
    m_manager.setProxyFactory(new SystemProxies);
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, [this] { carryOut([this] { request(); }); });
}

Download::~Download() = default;

void Download::start()
{
    carryOut([this] { open(); });
}

void Download::cancel()
{
    if (m_ended)
        return;
    end();
    emit cancelled();
}

void Download::carryOut(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Error &error) {
        end();
        emit failed(QString::fromUtf8(error.what()));
    }
}

void Download::end()
{
    m_ended = true;
    m_pause.stop();
    m_reply.reset();
    m_part.reset();
}

void Download::open()
{
    if (m_file.url.scheme() == QLatin1String("https") && !QSslSocket::supportsSsl())
        refuse(ErrorKind::Unsupported,
               QStringLiteral("Qt's TLS plugin, which https needs, is not installed"));
    m_part.emplace(m_target);
    if (m_file.size > 0 && m_part->size() > m_file.size)
        m_part->clear();
    m_continued = m_part->size() > 0;
    m_furthest = m_part->size();
    checkSpace();
    if (m_part->md5() == m_file.md5)
        complete();
    else
        request();
}

void Download::checkSpace() const
{
    // QStorageInfo reads the table of mounts, in which the root of a chroot or a container may be missing.
    std::error_code unknown;
    const auto disk = std::filesystem::space(QFileInfo(m_target).absolutePath().toStdString(), unknown);
    if (unknown || total() <= 0)
        return;
    const auto available = qint64(disk.available);
    const qint64 needed = total() - m_part->size();
    if (available - reserve < needed)
        refuse(ErrorKind::FileUnwritable,
               QStringLiteral("%1 needs %2 more on the disk, which has %3 free; %4 of it are to stay free")
                   .arg(m_file.name, readableSize(needed), readableSize(available), readableSize(reserve)));
}

void Download::request()
{
    QNetworkRequest request(m_file.url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setMaximumRedirectsAllowed(mostRedirections);
    // Qt 6.4's HTTP/2 loses data on long transfers.
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setTransferTimeout(int(m_policy.silence.count()));
    request.setHeader(QNetworkRequest::UserAgentHeader, QStringLiteral("Reslens"));
    // A range of compressed bytes would be no range of the file.
    request.setRawHeader("Accept-Encoding", "identity");
    if (m_part->size() > 0) {
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_part->size()) + '-');
        if (!m_validator.isEmpty())
            request.setRawHeader("If-Range", m_validator);
    }
    m_accepted = false;
    m_reply.reset(m_manager.get(request));
    m_reply->setReadBufferSize(readBuffer);
    connect(m_reply.get(), &QIODevice::readyRead, this, [this] { carryOut([this] { receive(); }); });
    connect(m_reply.get(), &QNetworkReply::finished, this, [this] { carryOut([this] { conclude(); }); });
}

bool Download::accept()
{
    const int status = httpStatus(*m_reply);
    const bool isPage =
        m_reply->header(QNetworkRequest::ContentTypeHeader).toString().startsWith(QLatin1String("text/html"));
    if (isPage && (status == 200 || status == 206))
        refuse(
            ErrorKind::Damaged,
            QStringLiteral("Instead of %1 there came a web page from %2: perhaps this network wants a login")
                .arg(m_file.name, m_reply->url().host()));
    if (status == 206) {
        const auto range = contentRange(*m_reply);
        if (!range || range->start != m_part->size())
            refuse(ErrorKind::Damaged,
                   QStringLiteral("%1 was asked for the rest of %2 and sends another part")
                       .arg(m_reply->url().host(), m_file.name));
        m_announced = range->total;
        m_continued = true;
    } else if (status == 200) {
        // The server knows no ranges, or the file is no longer the one that the part is of.
        m_part->clear();
        m_announced = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
        m_continued = false;
        m_validator = validatorOf(*m_reply);
    } else {
        return false;
    }
    checkSpace();
    return true;
}

void Download::receive()
{
    // What comes with an error, or on the way to another address, are not the file's bytes.
    if (!m_accepted)
        m_accepted = accept();
    if (!m_accepted)
        return;
    m_part->append(m_reply->readAll());
    if (total() > 0 && m_part->size() > total()) {
        m_part->remove();
        refuse(ErrorKind::Damaged, QStringLiteral("%1 sends more than the %2 bytes of %3")
                                       .arg(m_reply->url().host())
                                       .arg(QString::fromStdString(formatCount(total())))
                                       .arg(m_file.name));
    }
    if (m_part->size() > m_furthest) {
        m_furthest = m_part->size();
        m_attempts = 0;
    }
    report(false);
}

void Download::conclude()
{
    // The time-out has closed it already.
    if (m_reply->isOpen())
        receive();
    const int status = httpStatus(*m_reply);
    if (m_reply->error() == QNetworkReply::NoError && m_accepted) {
        if (m_part->size() < m_announced)
            retry(QStringLiteral("The connection to %1 broke").arg(m_reply->url().host()));
        else
            complete();
    } else if (status == 416 && m_part->size() > 0) {
        startAgain();
    } else if (isPassing(*m_reply) || (isUnreachable(*m_reply) && m_furthest > 0)) {
        retry(whyFailed(*m_reply));
    } else {
        refuse(ErrorKind::FileUnreadable, whyFailed(*m_reply));
    }
}

void Download::complete()
{
    report(true);
    const QByteArray found = m_part->md5();
    if (found == m_file.md5) {
        m_part->moveToTarget();
        end();
        emit finished(m_target);
        return;
    }
    if (m_continued && !m_startedAgain)
        return startAgain();
    m_part->remove();
    refuse(ErrorKind::Damaged,
           QStringLiteral("What came from %1 is not %2: its MD5 is %3, expected %4; it was deleted")
               .arg(m_file.url.toDisplayString(), m_file.name, QString::fromLatin1(found),
                    QString::fromLatin1(m_file.md5)));
}

void Download::startAgain()
{
    if (m_startedAgain)
        refuse(ErrorKind::FileUnreadable, whyFailed(*m_reply));
    m_startedAgain = true;
    m_part->clear();
    m_validator.clear();
    m_furthest = 0;
    request();
}

void Download::retry(const QString &sentence)
{
    if (++m_attempts >= m_policy.attempts)
        refuse(ErrorKind::FileUnreadable,
               QStringLiteral("%1, %2 times in a row; %3 of %4 are kept for the next attempt")
                   .arg(sentence, QString::number(m_attempts), readableSize(m_part->size()), m_file.name));
    const auto pause = m_policy.firstPause * (1 << (m_attempts - 1));
    m_reply.reset();
    m_pause.start(pause);
    emit paused(QStringLiteral("%1; it goes on in %2 s")
                    .arg(sentence, QString::number(std::chrono::ceil<std::chrono::seconds>(pause).count())));
}

void Download::report(bool always)
{
    if (!always && m_reported.isValid() && m_reported.elapsed() < reportInterval)
        return;
    m_reported.start();
    emit progressed(m_part->size(), total());
}

} // namespace reslens
