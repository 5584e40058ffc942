// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>
#include <memory>

namespace reslens::test {

/// What a client has asked for.
struct HttpRequest
{
    QByteArray path;
    QHash<QByteArray, QByteArray> headers; ///< by their names in lower case

    /// N of "Range: bytes=N-"; 0 without one.
    qsizetype rangeStart() const;
};

/// What it gets.
struct HttpResponse
{
    int status = 200;
    QList<QPair<QByteArray, QByteArray>> headers = {};
    QByteArray body = {};
    qsizetype announced = -1; ///< the Content-Length, where it is not the body's; -2 for none
    bool stalls = false;      ///< sends no more after the body, and does not close either
};

/// The file, or with a Range header the rest of it, under an ETag.
HttpResponse serveFile(const HttpRequest &request, const QByteArray &file);

/// A server on this computer that answers as a test wants, well or badly. One answer a connection.
class HttpServer : public QObject
{
public:
    using Handler = std::function<HttpResponse(const HttpRequest &)>;

    explicit HttpServer(Handler handler);
    /// One for https, with the certificate and the key in a PEM file.
    HttpServer(Handler handler, const QString &pemFile);

    QUrl url(const QString &path) const;
    const QList<HttpRequest> &requests() const { return m_requests; }

private:
    HttpServer(Handler handler, std::unique_ptr<QTcpServer> server, const QString &scheme);
    void serve(QTcpSocket *socket);

    Handler m_handler;
    std::unique_ptr<QTcpServer> m_server;
    QString m_scheme;
    QList<HttpRequest> m_requests;
};

} // namespace reslens::test
