// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/http_server.h"
#include "ui/model_page/official_file.h"
#include "ui/model_page/official_panel.h"
#include "ui/weights/official_weights.h"

#include <QCryptographicHash>
#include <QDir>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QToolButton>
#include <QtTest>

using namespace reslens;
using namespace reslens::test;
using State = OfficialFile::State;

class TestOfficialFile : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_file.reset(); }
    void absentUntilItIsThere();
    void foundWithTheRightChecksum();
    void wrongFilesAreToldApart();
    void whatCannotBeReadIsNotWrong();
    void locatedFilesAreTaken();
    void fetchesInTheBackground();
    void stopsAndResumes();
    void tellsWhyItCannotFetch();
    void endsWithADownloadUnderWay();
    void thePanelOffersWhatCanBeDone();

private:
    static QByteArray md5Of(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Md5).toHex();
    }
    QString put(const QString &name, const QByteArray &bytes) const
    {
        const QString path = QDir(m_home->path()).absoluteFilePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? path : QString();
    }
    void settle() { QTRY_VERIFY(m_file->state() != State::Checking && m_file->state() != State::Fetching); }

    const QByteArray m_content = QByteArray("weights ").repeated(100'000);
    const QByteArray m_otherContent = QByteArray("without ").repeated(90'000);
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<HttpServer> m_server;
    bool m_stalls = false; ///< the server sends half of what is asked for
    std::unique_ptr<OfficialFile> m_file;
};

void TestOfficialFile::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    qputenv("HOME", m_home->path().toLocal8Bit());
    qputenv("XDG_DATA_HOME", m_home->filePath("data").toLocal8Bit());
    qputenv("no_proxy", "127.0.0.1");
    qunsetenv("KERAS_HOME");
    m_stalls = false;
    m_server = std::make_unique<HttpServer>([this](const HttpRequest &request) {
        HttpResponse response = serveFile(request, m_content);
        if (m_stalls) {
            response.announced = response.body.size();
            response.body.truncate(response.body.size() / 2);
            response.stalls = true;
        }
        return response;
    });
    m_file = std::make_unique<OfficialFile>(
        RemoteFile{"w.h5", m_server->url("w.h5"), md5Of(m_content), m_content.size()},
        RemoteFile{"o.h5", m_server->url("o.h5"), md5Of(m_otherContent), m_otherContent.size()});
    m_file->look();
}

void TestOfficialFile::absentUntilItIsThere()
{
    QCOMPARE(m_file->state(), State::Absent);
    const QString path = put(".keras/models/w.h5", m_content);
    m_file->look();
    QCOMPARE(m_file->state(), State::Checking);
    settle();
    QCOMPARE(m_file->state(), State::Right);
    QVERIFY(QFile::remove(path));
    m_file->look();
    QCOMPARE(m_file->state(), State::Absent);
    QVERIFY(m_file->path().isEmpty());
}

void TestOfficialFile::foundWithTheRightChecksum()
{
    const QString path = put(".keras/models/w.h5", m_content);
    QSignalSpy arrived(m_file.get(), &OfficialFile::arrived);
    m_file->look();
    settle();
    QCOMPARE(m_file->path(), path);
    QVERIFY(describeState(*m_file).contains("checksum is right"));
    // What has not changed is not read again, and finding it is no arrival.
    m_file->look();
    QCOMPARE(m_file->state(), State::Right);
    QCOMPARE(arrived.size(), 0);
}

void TestOfficialFile::wrongFilesAreToldApart()
{
    put(".keras/models/w.h5", m_content.first(1000));
    m_file->look();
    settle();
    QCOMPARE(m_file->state(), State::CutShort);
    QVERIFY(describeState(*m_file).contains("cut short: 1.0 kB of 800.0 kB"));

    put(".keras/models/w.h5", m_otherContent);
    m_file->look();
    settle();
    QCOMPARE(m_file->state(), State::OtherVariant);

    QByteArray wrong = m_content;
    wrong[5] = 'x';
    put(".keras/models/w.h5", wrong);
    m_file->look();
    settle();
    QCOMPARE(m_file->state(), State::Wrong);
    QVERIFY(describeState(*m_file).contains(md5Of(wrong)));
}

void TestOfficialFile::whatCannotBeReadIsNotWrong()
{
    // The file goes away between being found and being read.
    QThreadPool &threads = *QThreadPool::globalInstance();
    const int count = threads.maxThreadCount();
    threads.setMaxThreadCount(1);
    QSemaphore gone;
    threads.start([&gone] { gone.acquire(); });
    const QString path = put(".keras/models/w.h5", m_content);
    m_file->look();
    QVERIFY(QFile::remove(path));
    gone.release();
    settle();
    threads.setMaxThreadCount(count);
    QCOMPARE(m_file->state(), State::Unreadable);
    QVERIFY(describeState(*m_file).endsWith("models cannot be read"));
    // Looking again tries again.
    put(".keras/models/w.h5", m_content);
    m_file->look();
    settle();
    QCOMPARE(m_file->state(), State::Right);
}

void TestOfficialFile::locatedFilesAreTaken()
{
    QSignalSpy arrived(m_file.get(), &OfficialFile::arrived);
    const QString elsewhere = put("elsewhere/mine.h5", m_content);
    m_file->locate(elsewhere);
    settle();
    QCOMPARE(m_file->state(), State::Right);
    QCOMPARE(m_file->path(), elsewhere);
    QCOMPARE(arrived.size(), 1);
    QCOMPARE(arrived[0][0].toString(), elsewhere);
}

void TestOfficialFile::fetchesInTheBackground()
{
    QSignalSpy arrived(m_file.get(), &OfficialFile::arrived);
    m_file->fetch();
    QCOMPARE(m_file->state(), State::Fetching);
    settle();
    QCOMPARE(m_file->state(), State::Right);
    QCOMPARE(m_file->path(), QDir(weightsFolder()).filePath("w.h5"));
    QCOMPARE(arrived.size(), 1);
}

void TestOfficialFile::stopsAndResumes()
{
    m_stalls = true;
    m_file->fetch();
    QTRY_VERIFY(QFileInfo(weightsFolder() + "/w.h5.part").size() == m_content.size() / 2);
    m_file->cancel();
    settle();
    QCOMPARE(m_file->state(), State::Begun);
    QCOMPARE(m_file->size(), m_content.size() / 2);
    QCOMPARE(describeState(*m_file), QString("400.0 kB of 800.0 kB fetched"));

    m_stalls = false;
    m_file->fetch();
    settle();
    QCOMPARE(m_file->state(), State::Right);
    QCOMPARE(m_server->requests().last().rangeStart(), m_content.size() / 2);
}

void TestOfficialFile::tellsWhyItCannotFetch()
{
    HttpServer empty([](const HttpRequest &) { return HttpResponse{.status = 404}; });
    OfficialFile file({"w.h5", empty.url("w.h5"), md5Of(m_content), 10},
                      {"o.h5", empty.url("o.h5"), md5Of(m_otherContent), 10});
    file.fetch();
    QTRY_COMPARE(file.state(), State::Absent);
    QVERIFY2(file.remark().contains("There is no file at"), qPrintable(file.remark()));
}

void TestOfficialFile::endsWithADownloadUnderWay()
{
    m_stalls = true;
    m_file->fetch();
    QTRY_VERIFY(m_server->requests().size() == 1);
    QElapsedTimer timer;
    timer.start();
    m_file.reset();
    QVERIFY(timer.elapsed() < 1000);
}

void TestOfficialFile::thePanelOffersWhatCanBeDone()
{
    OfficialPanel panel(m_file.get(), "ImageNet");
    panel.show();
    const auto offered = [&] {
        QStringList texts;
        for (const QToolButton *button : panel.findChildren<QToolButton *>())
            if (button->isVisible())
                texts << button->text();
        return texts;
    };
    QCOMPARE(offered(), QStringList({"Download", "Locate…"}));
    m_stalls = true;
    m_file->fetch();
    QCOMPARE(offered(), QStringList("Stop"));
    QTRY_VERIFY(QFileInfo(weightsFolder() + "/w.h5.part").size() > 0);
    m_file->cancel();
    settle();
    QCOMPARE(offered(), QStringList({"Resume", "Locate…"}));
    m_stalls = false;
    m_file->fetch();
    settle();
    QCOMPARE(offered(), QStringList({"Use", "Locate…"}));
    QSignalSpy chosen(&panel, &OfficialPanel::modelChosen);
    panel.findChildren<QToolButton *>().front()->click();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), m_file->path());
}

QTEST_MAIN(TestOfficialFile)
#include "test_official_file.moc"
