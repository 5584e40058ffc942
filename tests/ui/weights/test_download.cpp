// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http_server.h"
#include "ui/weights/download.h"

#include <QCryptographicHash>
#include <QDir>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QSslConfiguration>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace reslens;
using namespace reslens::test;

namespace {

QByteArray noise(qsizetype size)
{
    QRandomGenerator random(7);
    QByteArray bytes(size, Qt::Uninitialized);
    random.generate(reinterpret_cast<quint32 *>(bytes.data()),
                    reinterpret_cast<quint32 *>(bytes.data() + size));
    return bytes;
}

QByteArray md5Of(const QByteArray &bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex();
}

constexpr RetryPolicy impatient{3, std::chrono::milliseconds(1), std::chrono::milliseconds(300)};

/// How a download ended.
struct Ending
{
    QString path;
    QString failure;
    bool cancelled = false;
    QStringList pauses;
    qint64 total = -1;
};

} // namespace

class TestDownload : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        // A proxy of this computer's knows no server of a test.
        qputenv("no_proxy", "127.0.0.1");
    }

    void fetchesAFile();
    void replacesAnOlderFile();
    void goesOnAfterACut();
    void goesOnWithAnEarlierPart();
    void takesAWholePartWithoutAsking();
    void startsAgainWithoutRanges();
    void startsAgainForAnotherVersion();
    void startsAgainAfterAWrongPart();
    void startsAgainPastTheEnd();
    void followsRedirections();
    void neverLeavesASecureConnection();
    void wrongBytesAreNeverTheFile();
    void liesAboutTheLengthAreFoundOut_data();
    void liesAboutTheLengthAreFoundOut();
    void explainsWhatItGot_data();
    void explainsWhatItGot();
    void triesBusyServersAgain();
    void anAddressIsNoPattern();
    void givesUpOnSilence();
    void refusesAnotherPlaceInTheFile();
    void aPageIsNoFileAndHarmsNoPart();
    void asksForRoomFirst();
    void cancelKeepsThePart();
    void onlyOneFetchesAFile();
    void explainsWhereItCannotWrite();

private:
    QString target() const { return QDir(m_folder->path()).filePath("weights.h5"); }
    QStringList entries() const { return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden); }
    RemoteFile remote(const HttpServer &server) const
    {
        return {"weights.h5", server.url("weights.h5"), md5Of(m_file), 0};
    }
    QByteArray content(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void store(const QString &path, const QByteArray &bytes) const
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    Ending run(const RemoteFile &file, qint64 cancelAfter = -1);

    const QByteArray m_file = noise(3'000'000);
    std::unique_ptr<QTemporaryDir> m_folder;
};

Ending TestDownload::run(const RemoteFile &file, qint64 cancelAfter)
{
    Download download(file, m_folder->path(), impatient);
    Ending ending;
    bool ended = false;
    connect(&download, &Download::progressed, this, [&](qint64 received, qint64 total) {
        ending.total = total;
        if (cancelAfter >= 0 && received >= cancelAfter)
            QMetaObject::invokeMethod(&download, &Download::cancel, Qt::QueuedConnection);
    });
    connect(&download, &Download::paused, this, [&](const QString &sentence) { ending.pauses << sentence; });
    connect(&download, &Download::finished, this,
            [&](const QString &path) { ending.path = path, ended = true; });
    connect(&download, &Download::failed, this,
            [&](const QString &sentence) { ending.failure = sentence, ended = true; });
    connect(&download, &Download::cancelled, this, [&] { ending.cancelled = ended = true; });
    download.start();
    if (!QTest::qWaitFor([&] { return ended; }, 20'000))
        qWarning("the download never ended");
    return ending;
}

void TestDownload::fetchesAFile()
{
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    const Ending ending = run(remote(server));
    QCOMPARE(ending.failure, QString());
    QCOMPARE(ending.path, target());
    QCOMPARE(ending.total, m_file.size());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(entries(), QStringList("weights.h5"));
    QCOMPARE(server.requests().size(), 1);
    QVERIFY(!server.requests()[0].headers.contains("range"));
}

void TestDownload::replacesAnOlderFile()
{
    store(target(), "an older file");
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
}

void TestDownload::goesOnAfterACut()
{
    const qsizetype cut = m_file.size() * 9 / 10;
    HttpServer server([&](const HttpRequest &request) {
        HttpResponse response = serveFile(request, m_file);
        if (request.rangeStart() == 0) {
            response.announced = m_file.size();
            response.body.truncate(cut);
        }
        return response;
    });
    const Ending ending = run(remote(server));
    QCOMPARE(ending.failure, QString());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(ending.pauses.size(), 1);
    QVERIFY2(ending.pauses[0].contains("broke; it goes on in 1 s"), qPrintable(ending.pauses[0]));
    QCOMPARE(server.requests().size(), 2);
    // What was on its way when the connection broke may be lost.
    const qsizetype resumed = server.requests()[1].rangeStart();
    QVERIFY2(resumed > 0 && resumed <= cut, qPrintable(QString::number(resumed)));
    QCOMPARE(server.requests()[1].headers["if-range"], QByteArray("\"1\""));
}

void TestDownload::goesOnWithAnEarlierPart()
{
    store(target() + ".part", m_file.first(1'234'567));
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(server.requests().size(), 1);
    QCOMPARE(server.requests()[0].rangeStart(), 1'234'567);
    QCOMPARE(entries(), QStringList("weights.h5"));
}

void TestDownload::takesAWholePartWithoutAsking()
{
    store(target() + ".part", m_file);
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(server.requests().size(), 0);
}

void TestDownload::startsAgainWithoutRanges()
{
    store(target() + ".part", m_file.first(1'000'000));
    HttpServer server([&](const HttpRequest &) { return HttpResponse{.body = m_file}; });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);

    // One that always cuts as well gets nobody any further: no endless loop.
    HttpServer cutting([&](const HttpRequest &) {
        return HttpResponse{.body = m_file.first(2'000'000), .announced = m_file.size()};
    });
    const Ending ending = run(remote(cutting));
    QVERIFY2(ending.failure.contains("broke, 3 times in a row;") &&
                 ending.failure.contains("MB of weights.h5 are kept"),
             qPrintable(ending.failure));
    QVERIFY(cutting.requests().size() <= 4);
}

void TestDownload::startsAgainForAnotherVersion()
{
    const QByteArray old = QByteArray(2'000'000, 'o');
    HttpServer server([&](const HttpRequest &request) {
        if (request.rangeStart() == 0)
            return HttpResponse{.headers = {{"ETag", "\"old\""}}, .body = old, .announced = m_file.size()};
        const bool asksForTheOld = request.headers["if-range"] == "\"old\"";
        return asksForTheOld ? HttpResponse{.headers = {{"ETag", "\"new\""}}, .body = m_file}
                             : serveFile(request, m_file);
    });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(server.requests().size(), 2);
}

void TestDownload::startsAgainAfterAWrongPart()
{
    store(target() + ".part", QByteArray(1'000'000, 'x'));
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(server.requests().size(), 2);
    QCOMPARE(server.requests()[1].rangeStart(), 0);
}

void TestDownload::startsAgainPastTheEnd()
{
    store(target() + ".part", m_file + "and more");
    HttpServer server([&](const HttpRequest &request) {
        return request.rangeStart() >= m_file.size() ? HttpResponse{.status = 416}
                                                     : serveFile(request, m_file);
    });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);

    RemoteFile known = remote(server);
    known.size = m_file.size();
    store(target() + ".part", m_file + "and more");
    QCOMPARE(run(known).path, target());
    QCOMPARE(server.requests().size(), 3);
}

void TestDownload::followsRedirections()
{
    HttpServer mirror([&](const HttpRequest &request) { return serveFile(request, m_file); });
    HttpServer server([&](const HttpRequest &) {
        return HttpResponse{.status = 302,
                            .headers = {{"Location", mirror.url("elsewhere").toEncoded()}},
                            .body = "it has moved"};
    });
    store(target() + ".part", m_file.first(500'000));
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
    QCOMPARE(mirror.requests().size(), 1);
    QCOMPARE(mirror.requests()[0].rangeStart(), 500'000);
}

void TestDownload::neverLeavesASecureConnection()
{
    if (!QSslSocket::supportsSsl())
        QSKIP("there is no TLS here");
    const QString pem = QStringLiteral(RESLENS_TEST_DATA "/tls/server.pem");
    HttpServer mirror([&](const HttpRequest &request) { return serveFile(request, m_file); });
    bool moves = true;
    HttpServer server(
        [&](const HttpRequest &request) {
            return moves ? HttpResponse{.status = 302,
                                        .headers = {{"Location", mirror.url("elsewhere").toEncoded()}}}
                         : serveFile(request, m_file);
        },
        pem);
    // A certificate that nobody vouches for.
    QVERIFY(run(remote(server)).failure.contains("The secure connection to 127.0.0.1 failed"));
    QCOMPARE(server.requests().size(), 0);

    const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
    QSslConfiguration trusting = before;
    trusting.addCaCertificates(pem);
    QSslConfiguration::setDefaultConfiguration(trusting);
    QVERIFY(run(remote(server)).failure.contains("an address that is not secure"));
    QCOMPARE(mirror.requests().size(), 0);
    moves = false;
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(content(target()), m_file);
    QSslConfiguration::setDefaultConfiguration(before);
}

void TestDownload::wrongBytesAreNeverTheFile()
{
    QByteArray wrong = m_file;
    wrong[wrong.size() / 2] = char(wrong[wrong.size() / 2] ^ 1);
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, wrong); });
    const Ending ending = run(remote(server));
    QVERIFY2(ending.failure.contains("is not weights.h5: its MD5 is " + md5Of(wrong) + ", expected " +
                                     md5Of(m_file)),
             qPrintable(ending.failure));
    QCOMPARE(entries(), QStringList());
    QCOMPARE(server.requests().size(), 1);
}

void TestDownload::liesAboutTheLengthAreFoundOut_data()
{
    QTest::addColumn<qsizetype>("announced");
    QTest::addColumn<qsizetype>("sent");
    QTest::addColumn<QString>("said");
    QTest::newRow("less than it sends") << qsizetype(1'000'000) << m_file.size() << "its MD5 is";
    QTest::newRow("more than it sends") << m_file.size() + 1000 << m_file.size() << "broke";
    QTest::newRow("nothing, and cut") << qsizetype(-2) << qsizetype(2'000'000) << "its MD5 is";
}

void TestDownload::liesAboutTheLengthAreFoundOut()
{
    QFETCH(const qsizetype, announced);
    QFETCH(const qsizetype, sent);
    QFETCH(const QString, said);
    HttpServer server([&](const HttpRequest &request) {
        if (request.rangeStart() > 0)
            return HttpResponse{.status = 503};
        return HttpResponse{.body = m_file.first(sent), .announced = announced};
    });
    const Ending ending = run(remote(server));
    QVERIFY(ending.path.isEmpty());
    QVERIFY(!QFile::exists(target()));
    QVERIFY2((ending.pauses.join(' ') + ending.failure).contains(said), qPrintable(ending.failure));

    // A stream that does not say how long it is ends where the known size does.
    RemoteFile known = remote(server);
    known.size = 500'000;
    HttpServer endless([&](const HttpRequest &) { return HttpResponse{.body = m_file, .announced = -2}; });
    known.url = endless.url("weights.h5");
    QVERIFY(run(known).failure.contains("sends more than the 500,000 bytes"));
    QCOMPARE(entries(), QStringList());
}

void TestDownload::explainsWhatItGot_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("location");
    QTest::addColumn<QString>("said");
    QTest::addColumn<int>("requests");
    QTest::newRow("404") << 404 << QByteArray() << "There is no file at http://127.0.0.1|HTTP 404" << 1;
    QTest::newRow("403") << 403 << QByteArray() << "does not hand out|HTTP 403" << 1;
    QTest::newRow("500") << 500 << QByteArray() << "HTTP 500|3 times in a row" << 3;
    QTest::newRow("no content") << 204 << QByteArray() << "HTTP 204" << 1;
    QTest::newRow("loop") << 302 << QByteArray("/weights.h5") << "from one address to the next" << 11;
    QTest::newRow("to a file") << 302 << QByteArray("file:///etc/passwd") << "cannot be fetched" << 1;
}

void TestDownload::explainsWhatItGot()
{
    QFETCH(const int, status);
    QFETCH(const QByteArray, location);
    QFETCH(const QString, said);
    QFETCH(const int, requests);
    HttpServer server([&](const HttpRequest &) {
        HttpResponse response{.status = status, .body = status == 204 ? "" : "an explanation"};
        if (!location.isEmpty())
            response.headers.append({"Location", location});
        return response;
    });
    const Ending ending = run(remote(server));
    for (const QString &part : said.split('|'))
        QVERIFY2(ending.failure.contains(part), qPrintable(ending.failure));
    QCOMPARE(server.requests().size(), requests);
    QVERIFY(!QFile::exists(target()));
    QCOMPARE(content(target() + ".part"), QByteArray());
}

void TestDownload::triesBusyServersAgain()
{
    HttpServer server([&](const HttpRequest &request) {
        return server.requests().size() < 3 ? HttpResponse{.status = 503} : serveFile(request, m_file);
    });
    const Ending ending = run(remote(server));
    QCOMPARE(ending.path, target());
    QCOMPARE(ending.pauses.size(), 2);

    quint16 freed = 0;
    {
        QTcpServer gone;
        QVERIFY(gone.listen(QHostAddress::LocalHost));
        freed = gone.serverPort();
    }
    RemoteFile nobody = remote(server);
    nobody.url.setPort(freed);
    QVERIFY(run(nobody).failure.contains("refuses the connection"));
}

void TestDownload::anAddressIsNoPattern()
{
    const HttpServer broken([](const HttpRequest &) { return HttpResponse{.status = 500}; });
    RemoteFile file = remote(broken);
    file.url = QUrl(broken.url("a").toString() + QStringLiteral("%2Fb"));
    const Ending ending = run(file);
    QVERIFY2(ending.failure.contains("/a%2Fb, 3 times in a row"), qPrintable(ending.failure));
    QVERIFY2(ending.pauses.first().contains("/a%2Fb; it goes on in"), qPrintable(ending.pauses.first()));
}

void TestDownload::givesUpOnSilence()
{
    HttpServer server([&](const HttpRequest &) {
        return HttpResponse{.body = m_file.first(100'000), .announced = m_file.size(), .stalls = true};
    });
    const Ending ending = run(remote(server));
    QVERIFY2(ending.failure.contains("has fallen silent, 3 times in a row"), qPrintable(ending.failure));
    QCOMPARE(content(target() + ".part"), m_file.first(100'000));
}

void TestDownload::refusesAnotherPlaceInTheFile()
{
    store(target() + ".part", m_file.first(1000));
    HttpServer server([&](const HttpRequest &) {
        return HttpResponse{.status = 206,
                            .headers = {{"Content-Range", "bytes 5-2999999/3000000"}},
                            .body = m_file.sliced(5)};
    });
    QVERIFY(run(remote(server)).failure.contains("sends another part"));
    QCOMPARE(content(target() + ".part"), m_file.first(1000));
}

void TestDownload::aPageIsNoFileAndHarmsNoPart()
{
    store(target() + ".part", m_file.first(2'000'000));
    HttpServer server([&](const HttpRequest &) {
        return HttpResponse{.headers = {{"Content-Type", "text/html; charset=utf-8"}},
                            .body = "<html>Log in"};
    });
    QVERIFY(run(remote(server)).failure.contains("there came a web page"));
    QCOMPARE(content(target() + ".part"), m_file.first(2'000'000));
}

void TestDownload::asksForRoomFirst()
{
    constexpr qsizetype petabyte = 1'000'000'000'000'000;
    HttpServer server([&](const HttpRequest &) { return HttpResponse{.body = "x", .announced = petabyte}; });
    const Ending ending = run(remote(server));
    QVERIFY2(ending.failure.contains("needs 1.0 PB more on the disk"), qPrintable(ending.failure));

    RemoteFile known = remote(server);
    known.size = petabyte;
    QVERIFY(run(known).failure.contains("needs 1.0 PB more on the disk"));
    QCOMPARE(server.requests().size(), 1);
}

void TestDownload::cancelKeepsThePart()
{
    HttpServer slow([&](const HttpRequest &request) {
        HttpResponse response = serveFile(request, m_file);
        response.announced = m_file.size();
        response.body.truncate(1'500'000);
        response.stalls = true;
        return response;
    });
    const Ending ending = run(remote(slow), 0);
    QVERIFY(ending.cancelled);
    QVERIFY(ending.path.isEmpty() && ending.failure.isEmpty());
    const QByteArray part = content(target() + ".part");
    QVERIFY(!part.isEmpty() && m_file.startsWith(part));
    QCOMPARE(entries(), QStringList("weights.h5.part"));

    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    QCOMPARE(run(remote(server)).path, target());
    QCOMPARE(server.requests()[0].rangeStart(), part.size());
    QCOMPARE(content(target()), m_file);
}

void TestDownload::onlyOneFetchesAFile()
{
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    PartFile other(target());
    QVERIFY(run(remote(server)).failure.contains("another program is fetching it"));
    QCOMPARE(server.requests().size(), 0);
}

void TestDownload::explainsWhereItCannotWrite()
{
    HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
    store(m_folder->filePath("file"), "in the way");
    Download download(remote(server), m_folder->filePath("file/models"), impatient);
    QSignalSpy failed(&download, &Download::failed);
    download.start();
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].toString().contains("there is no folder"));

    QDir(m_folder->path()).mkdir("weights.h5");
    QVERIFY(run(remote(server)).failure.contains("weights.h5 cannot be written"));
}

QTEST_GUILESS_MAIN(TestDownload)
#include "test_download.moc"
