// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/weights/http_answer.h"

#include <QNetworkReply>
#include <QRegularExpression>

namespace reslens {
namespace {

QString hostOf(const QNetworkReply &reply)
{
    return reply.url().host();
}

QString explainStatus(const QNetworkReply &reply, int status)
{
    const QString address = reply.url().toDisplayString();
    const QString reason = reply.attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    const QString answer = QStringLiteral("HTTP %1 %2").arg(status).arg(reason).trimmed();
    if (status == 404 || status == 410)
        return QStringLiteral("There is no file at %1 (%2)").arg(address, answer);
    if (status == 401 || status == 403)
        return QStringLiteral("%1 does not hand out %2 (%3)").arg(hostOf(reply), address, answer);
    if (status == 407)
        return QStringLiteral("The proxy asks for a name and a password (%1)").arg(answer);
    return QStringLiteral("%1 answered with %2 to the request for %3").arg(hostOf(reply), answer, address);
}

} // namespace

int httpStatus(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

std::optional<ContentRange> contentRange(const QNetworkReply &reply)
{
    static const QRegularExpression form(QStringLiteral("^bytes (\\d{1,18})-\\d+/(\\d{1,18}|\\*)$"));
    const QRegularExpressionMatch match =
        form.match(QString::fromLatin1(reply.rawHeader("Content-Range").trimmed()));
    if (!match.hasMatch())
        return std::nullopt;
    return ContentRange{match.captured(1).toLongLong(), match.captured(2).toLongLong()};
}

QByteArray validatorOf(const QNetworkReply &reply)
{
    const QByteArray tag = reply.rawHeader("ETag");
    return tag.startsWith('"') ? tag : reply.rawHeader("Last-Modified");
}

bool isPassing(const QNetworkReply &reply)
{
    const int status = httpStatus(reply);
    if (status >= 400)
        return status == 408 || status == 425 || status == 429 || status >= 500;
    switch (reply.error()) {
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError: // what the transfer time-out ends with
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
    case QNetworkReply::UnknownNetworkError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyTimeoutError:
        return true;
    default:
        return false;
    }
}

bool isUnreachable(const QNetworkReply &reply)
{
    return reply.error() == QNetworkReply::HostNotFoundError ||
           reply.error() == QNetworkReply::ConnectionRefusedError;
}

QString whyFailed(const QNetworkReply &reply)
{
    const int status = httpStatus(reply);
    if (status >= 400 || reply.error() == QNetworkReply::NoError)
        return explainStatus(reply, status);
    const QString host = hostOf(reply);
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return QStringLiteral("The name %1 cannot be found: is this computer online?").arg(host);
    case QNetworkReply::ConnectionRefusedError:
        return QStringLiteral("%1 refuses the connection").arg(host);
    case QNetworkReply::RemoteHostClosedError:
        return QStringLiteral("The connection to %1 broke").arg(host);
    case QNetworkReply::TimeoutError:
    case QNetworkReply::OperationCanceledError:
        return QStringLiteral("%1 has fallen silent").arg(host);
    case QNetworkReply::SslHandshakeFailedError:
        return QStringLiteral("The secure connection to %1 failed (%2)").arg(host, reply.errorString());
    case QNetworkReply::TooManyRedirectsError:
        return QStringLiteral("%1 sends from one address to the next without end").arg(host);
    case QNetworkReply::InsecureRedirectError:
        return QStringLiteral("%1 sends on to an address that is not secure").arg(host);
    default:
        return QStringLiteral("%1 cannot be fetched (%2)")
            .arg(reply.url().toDisplayString(), reply.errorString());
    }
}

} // namespace reslens
