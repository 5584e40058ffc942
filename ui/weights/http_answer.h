// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

class QNetworkReply;

namespace reslens {

/// The status code of an answer; 0 if there was none.
int httpStatus(const QNetworkReply &reply);

/// "bytes 200-999/1000": where the bytes of an answer with status 206 begin, and the size of the whole.
struct ContentRange
{
    qint64 start = 0;
    qint64 total = 0; ///< 0 if the server does not know
};
std::optional<ContentRange> contentRange(const QNetworkReply &reply);

/// What identifies this version of the file in an If-Range header (RFC 9110): a strong ETag, else the date of
/// its last change; empty if the server gives neither.
QByteArray validatorOf(const QNetworkReply &reply);

/// What may be over a moment later: see RetryPolicy.
bool isPassing(const QNetworkReply &reply);
/// Nobody was there to answer: the name is unknown, or the computer refuses.
bool isUnreachable(const QNetworkReply &reply);

/// Why a reply failed, in one sentence without a full stop.
QString whyFailed(const QNetworkReply &reply);

} // namespace reslens
