// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http_server.h"

#include <QFile>
#include <QSslConfiguration>
#include <QSslKey>
#include <QSslServer>
#include <QTcpSocket>

namespace reslens::test {
namespace {

HttpRequest parse(const QByteArray &head)
{
    QByteArrayList lines = head.split('\n');
    HttpRequest request;
    request.path = lines.takeFirst().split(' ').value(1);
    for (const QByteArray &line : lines) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0)
            request.headers.insert(line.first(colon).trimmed().toLower(), line.sliced(colon + 1).trimmed());
    }
    return request;
}

QByteArray headOf(const HttpResponse &response)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(response.status) + " Status\r\nConnection: close\r\n";
    if (response.announced != -2)
        head += "Content-Length: " +
                QByteArray::number(response.announced < 0 ? response.body.size() : response.announced) +
                "\r\n";
    for (const auto &[name, value] : response.headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

std::unique_ptr<QTcpServer> secureServer(const QString &pemFile)
{
    QFile pem(pemFile);
    if (!pem.open(QIODevice::ReadOnly))
        qFatal("no certificate: %s", qPrintable(pemFile));
    const QByteArray text = pem.readAll();
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(text));
    configuration.setPrivateKey(QSslKey(text, QSsl::Ec));
    auto server = std::make_unique<QSslServer>();
    server->setSslConfiguration(configuration);
    return server;
}

} // namespace

qsizetype HttpRequest::rangeStart() const
{
    const QByteArray range = headers.value("range");
    return range.startsWith("bytes=") ? range.sliced(6).chopped(1).toLongLong() : 0;
}

HttpResponse serveFile(const HttpRequest &request, const QByteArray &file)
{
    const qsizetype start = request.rangeStart();
    HttpResponse response{.headers = {{"ETag", "\"1\""}}, .body = file.sliced(start)};
    if (start > 0) {
        response.status = 206;
        response.headers.append({"Content-Range", "bytes " + QByteArray::number(start) + '-' +
                                                      QByteArray::number(file.size() - 1) + '/' +
                                                      QByteArray::number(file.size())});
    }
    return response;
}

HttpServer::HttpServer(Handler handler)
    : HttpServer(std::move(handler), std::make_unique<QTcpServer>(), QStringLiteral("http"))
{
}

HttpServer::HttpServer(Handler handler, const QString &pemFile)
    : HttpServer(std::move(handler), secureServer(pemFile), QStringLiteral("https"))
{
}

HttpServer::HttpServer(Handler handler, std::unique_ptr<QTcpServer> server, const QString &scheme)
    : m_handler(std::move(handler)), m_server(std::move(server)), m_scheme(scheme)
{
    if (!m_server->listen(QHostAddress::LocalHost))
        qFatal("no server: %s", qPrintable(m_server->errorString()));
    connect(m_server.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
        QTcpSocket *socket = m_server->nextPendingConnection();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
    });
}

QUrl HttpServer::url(const QString &path) const
{
    return QUrl(QStringLiteral("%1://127.0.0.1:%2/%3").arg(m_scheme).arg(m_server->serverPort()).arg(path));
}

void HttpServer::serve(QTcpSocket *socket)
{
    if (!socket->peek(1 << 16).contains("\r\n\r\n"))
        return;
    m_requests.append(parse(socket->readAll()));
    const HttpResponse response = m_handler(m_requests.last());
    socket->write(headOf(response) + response.body);
    if (!response.stalls)
        socket->disconnectFromHost();
}

} // namespace reslens::test
