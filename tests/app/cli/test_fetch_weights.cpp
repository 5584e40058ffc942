// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/cli_fixture.h"
#include "tests/support/http_server.h"
#include "ui/weights/official_weights.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QtTest>

#include <csignal>

using namespace reslens;
using namespace reslens::test;

class FetchWeightsTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_picture = m_folder.writePicture("picture.png", 60, 60);
    QByteArray m_file = readAll(m_folder.path("model.h5"));
    QString m_md5 = QString::fromLatin1(QCryptographicHash::hash(m_file, QCryptographicHash::Md5).toHex());
    QString m_name = officialWeights(true).name;

    static QByteArray readAll(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    /// With a home folder of its own, and while the event loop lets servers of the test answer.
    CliResult run(const QStringList &arguments, const std::function<void(QProcess &)> &meanwhile = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("HOME", m_folder.path("home"));
        environment.insert("XDG_DATA_HOME", m_folder.path("home/data"));
        environment.remove("KERAS_HOME");
        environment.insert("no_proxy", "127.0.0.1");
        process.setProcessEnvironment(environment);
        process.start(RESLENS_CLI, arguments);
        if (meanwhile)
            meanwhile(process);
        if (!QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, 60'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

    QString target() const { return m_folder.path("home/data/reslens/models/" + m_name); }

private slots:
    void cleanup() { QDir(m_folder.path("home")).removeRecursively(); }

    void whatIsFetchedIsTheOfficialModel()
    {
        HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
        const CliResult before = run({"classify", m_picture, "--model", "official"});
        QCOMPARE(before.status, 1);
        QVERIFY2(before.err.contains("fetch-weights") && before.err.contains(m_name.toUtf8()),
                 before.err.constData());

        const QStringList fetch{"fetch-weights", "--url", server.url(m_name).toString(), "--md5", m_md5};
        const CliResult fetched = run(fetch);
        QCOMPARE(fetched.status, 0);
        QCOMPARE(QString::fromUtf8(fetched.out), target() + '\n');
        QVERIFY2(fetched.err.contains("100 %"), fetched.err.constData());
        QCOMPARE(readAll(target()), m_file);

        const CliResult after = run({"classify", m_picture, "--model", "official", "--json"});
        QCOMPARE(after.status, 0);
        QCOMPARE(after.json()["model"].toString(), m_name);
        QCOMPARE(run({"inspect", "official", "--json"}).json()["classes"].toArray().size(),
                 ModelFolder::classes);

        const CliResult again = run(fetch);
        QCOMPARE(again.status, 0);
        QVERIFY(again.err.contains("already there"));
        QCOMPARE(server.requests().size(), 1);
    }

    void anotherFolderIsTakenAsSaid()
    {
        HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
        const CliResult result = run({"fetch-weights", "--url", server.url("mine.h5").toString(), "--md5",
                                      m_md5, "--directory", m_folder.path("home/a/b")});
        QCOMPARE(result.status, 0);
        QCOMPARE(QString::fromUtf8(result.out), m_folder.path("home/a/b/mine.h5\n"));
    }

    void aMirrorOfTheOfficialFileNeedsItsChecksum()
    {
        HttpServer server([&](const HttpRequest &request) { return serveFile(request, m_file); });
        for (const bool top : {true, false}) {
            QStringList arguments{"fetch-weights", "--url", server.url("x.h5").toString()};
            if (!top)
                arguments << "--no-top";
            const CliResult result = run(arguments);
            QCOMPARE(result.status, 1);
            QCOMPARE(result.out, QByteArray());
            QVERIFY2(result.err.contains("expected " + officialWeights(top).md5), result.err.constData());
        }
        QVERIFY(QDir(m_folder.path("home/data/reslens/models")).isEmpty());
    }

    void ctrlCKeepsThePart()
    {
        const qsizetype sent = m_file.size() * 9 / 10;
        HttpServer server([&](const HttpRequest &request) {
            HttpResponse response = serveFile(request, m_file);
            if (request.rangeStart() == 0) {
                response.announced = m_file.size();
                response.body.truncate(sent);
                response.stalls = true;
            }
            return response;
        });
        const QStringList fetch{"fetch-weights", "--url", server.url(m_name).toString(), "--md5", m_md5};
        const QString part = target() + ".part";
        const CliResult stopped = run(fetch, [&](QProcess &process) {
            QTRY_COMPARE_WITH_TIMEOUT(QFileInfo(part).size(), sent, 20'000);
            QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        });
        QCOMPARE(stopped.status, 130);
        QVERIFY2(stopped.err.contains("the same command goes on with it"), stopped.err.constData());
        QVERIFY(!QFile::exists(target()));
        QCOMPARE(run({"classify", m_picture, "--model", "official"}).status, 1);

        QCOMPARE(run(fetch).status, 0);
        QCOMPARE(readAll(target()), m_file);
        // What was on its way when the program was stopped may be lost.
        const auto resumed = server.requests().last().rangeStart();
        QVERIFY2(resumed > 0 && resumed <= sent, qPrintable(QString::number(resumed)));
    }
};

QTEST_GUILESS_MAIN(FetchWeightsTest)
#include "test_fetch_weights.moc"
