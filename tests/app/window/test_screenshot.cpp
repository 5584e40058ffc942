// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"

#include <QImage>
#include <QImageReader>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

namespace {

struct Outcome
{
    int status = -1;
    QString output;
    QString errors;
};

Outcome run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral(RESLENS_PROGRAM), arguments);
    if (!process.waitForFinished(60'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

} // namespace

/// The program as a user starts it, without a display.
class TestScreenshot : public QObject
{
    Q_OBJECT

private slots:
    void theSampleIsAnsweredAndDrawn()
    {
        const QString png = m_folder.filePath(QStringLiteral("window.png"));
        const Outcome outcome =
            run({QStringLiteral("--screenshot"), png, QStringLiteral("--size"), QStringLiteral("1100x720")});
        QCOMPARE(outcome.status, 0);
        const QStringList lines = outcome.output.split(u'\n', Qt::SkipEmptyParts);
        QCOMPARE(int(lines.size()), 5);
        static const QRegularExpression form(QStringLiteral("^ *\\d+\\.\\d %  .+  \\(n\\d{8}\\)$"));
        for (const QString &line : lines)
            QVERIFY2(form.match(line).hasMatch(), qPrintable(line));
        QVERIFY(lines.front().contains(QStringLiteral("viaduct")));
        QCOMPARE(QImage(png).size(), QSize(1100, 720));
    }

    void aModelAloneAnswersTheSample()
    {
        const reslens::test::Desk desk;
        const QString png = m_folder.filePath(QStringLiteral("model.png"));
        const Outcome outcome =
            run({desk.model(QStringLiteral("own.h5")), QStringLiteral("--screenshot"), png});
        QCOMPARE(outcome.status, 0);
        for (const char *name : {"ant", "bee", "lion"})
            QVERIFY2(outcome.output.contains(QLatin1String(name)), qPrintable(outcome.output));
        QVERIFY(QFile::exists(png));
    }

    void saliencyColoursThePhoto()
    {
        QList<QImage> images;
        for (const QStringList &more :
             {QStringList(), QStringList{QStringLiteral("--saliency"), QStringLiteral("energy")}}) {
            const QString png = m_folder.filePath(QStringLiteral("saliency.png"));
            const QStringList arguments{QStringLiteral("--screenshot"), png, QStringLiteral("--size"),
                                        QStringLiteral("1024x700")};
            QCOMPARE(run(arguments + more).status, 0);
            images << QImage(png).copy(100, 120, 150, 100);
        }
        QVERIFY(images[0] != images[1]);
    }

    void lightAndDarkDiffer()
    {
        QList<QImage> images;
        for (const auto *appearance : {"--light", "--dark"}) {
            const QString png = m_folder.filePath(QStringLiteral("%1.png").arg(QLatin1String(appearance)));
            QCOMPARE(run({QStringLiteral("--screenshot"), png, QLatin1String(appearance)}).status, 0);
            images << QImage(png);
        }
        const auto corner = [](const QImage &image) {
            return image.pixelColor(image.width() - 3, image.height() - 3).lightness();
        };
        QVERIFY(corner(images[0]) > 200);
        QVERIFY(corner(images[1]) < 80);
    }

    void whatCannotBeReadEndsWithASentence_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("named");
        QTest::newRow("picture") << QStringList{m_folder.filePath(QStringLiteral("missing.png"))}
                                 << "missing.png";
        QTest::newRow("model") << QStringList{QStringLiteral("--model"),
                                              m_folder.filePath(QStringLiteral("missing.h5"))}
                               << "missing.h5";
        QDir(m_folder.path()).mkdir(QStringLiteral("bare"));
        QTest::newRow("model as a file")
            << QStringList{m_folder.filePath(QStringLiteral("missing.h5"))} << "missing.h5";
        QTest::newRow("nothing to open") << QStringList{QString()} << "reslens: ";
        QTest::newRow("folder") << QStringList{m_folder.filePath(QStringLiteral("bare"))} << "bare";
    }

    void whatCannotBeReadEndsWithASentence()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, named);
        const QString png = m_folder.filePath(QStringLiteral("none.png"));
        const Outcome outcome = run(arguments + QStringList{QStringLiteral("--screenshot"), png});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.contains(named), qPrintable(outcome.errors));
        QCOMPARE(outcome.output, QString());
        QVERIFY(!QFile::exists(png));
    }

    void wrongUsage()
    {
        QCOMPARE(run({QStringLiteral("--no-such-option")}).status, 2);
        QCOMPARE(run({QStringLiteral("--size"), QStringLiteral("big")}).status, 2);
        QCOMPARE(run({QStringLiteral("--saliency"), QStringLiteral("gradcam")}).status, 2);
        QCOMPARE(run({QStringLiteral("--version")}).status, 0);
    }

    void theFormatFollowsTheName()
    {
        const QString jpeg = m_folder.filePath(QStringLiteral("window.jpg"));
        QCOMPARE(run({QStringLiteral("--screenshot"), jpeg}).status, 0);
        QCOMPARE(QImageReader::imageFormat(jpeg), QByteArray("jpeg"));
    }

    void whatCannotBeWrittenEndsWithASentence_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("no folder") << QStringLiteral("/no/such/folder/window.png");
        QTest::newRow("no format") << m_folder.filePath(QStringLiteral("window.txt"));
    }

    void whatCannotBeWrittenEndsWithASentence()
    {
        QFETCH(QString, file);
        const Outcome outcome = run({QStringLiteral("--screenshot"), file});
        QCOMPARE(outcome.status, 1);
        QVERIFY2(outcome.errors.contains(file), qPrintable(outcome.errors));
        QVERIFY(!QFile::exists(file));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestScreenshot)
#include "test_screenshot.moc"
