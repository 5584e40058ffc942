// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/prediction.h"
#include "tests/app/cli/cli_fixture.h"

#include <QJsonArray>
#include <QtTest>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace reslens;
using namespace reslens::test;

namespace {

/// Resident memory of a process in kB; 0 if it has ended.
long residentMemory(qint64 process)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(process));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.simplified().split(' ').value(1).toLong();
    }
    return 0;
}

/// The master of a new pseudo-terminal.
class Terminal
{
public:
    Terminal() : m_master(::posix_openpt(O_RDWR | O_NOCTTY))
    {
        if (m_master >= 0 && ::grantpt(m_master) == 0 && ::unlockpt(m_master) == 0)
            m_name = QString::fromLocal8Bit(::ptsname(m_master));
    }
    ~Terminal() { ::close(m_master); }
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;

    QString name() const { return m_name; }

    QByteArray read() const
    {
        std::array<char, 65536> buffer{};
        const ssize_t count = ::read(m_master, buffer.data(), buffer.size());
        return count > 0 ? QByteArray(buffer.data(), count) : QByteArray();
    }

private:
    int m_master;
    QString m_name;
};

} // namespace

class ClassifyTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_picture = m_folder.writePicture("picture.png", 120, 90);

    QStringList command(const QStringList &more) const
    {
        return QStringList{"classify", "--model", m_model, "--threads", "1"} + more;
    }

    static void compareTop(const QJsonArray &top, const RunResult &expected, int count)
    {
        const std::vector<Prediction> predictions = topK(expected, count);
        QCOMPARE(top.size(), qsizetype(predictions.size()));
        for (qsizetype i = 0; i < top.size(); ++i) {
            const QJsonObject entry = top[i].toObject();
            const Prediction &prediction = predictions[std::size_t(i)];
            QCOMPARE(entry.keys(), QStringList({"class", "logit", "name", "probability", "wnid"}));
            QCOMPARE(entry["class"].toInt(-1), prediction.classIndex);
            QCOMPARE(entry["probability"].toDouble(), double(prediction.probability));
            QCOMPARE(entry["logit"].toDouble(), double(prediction.logit));
            QCOMPARE(entry["name"].toString(), QString("name %1").arg(prediction.classIndex));
            QCOMPARE(entry["wnid"].toString(), QString("n0000000%1").arg(prediction.classIndex));
        }
    }

private slots:
    void jsonFollowsTheContract()
    {
        const CliResult result = runCli(command({"--json", m_picture}));
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        QCOMPARE(result.keys(), QStringList({"input_size", "model", "preprocessing", "results"}));
        QCOMPARE(result.json()["input_size"].toInt(), 75);
        QCOMPARE(result.json()["preprocessing"].toString(), QString("stretched, bilinear"));
        QCOMPARE(result.json()["model"].toString(), QString("model.h5"));
        const QJsonArray results = result.json()["results"].toArray();
        QCOMPARE(results.size(), 1);
        const QJsonObject picture = results[0].toObject();
        QCOMPARE(picture.keys(), QStringList({"file", "height", "milliseconds", "top", "width"}));
        QCOMPARE(picture["file"].toString(), m_picture);
        QCOMPARE(picture["width"].toInt(), 120);
        QCOMPARE(picture["height"].toInt(), 90);
        QVERIFY(picture["milliseconds"].toDouble() > 0);
        compareTop(picture["top"].toArray(), runDirectly(m_model, m_picture), 5);
    }

    void controlCharactersInNamesAreSpelledOut()
    {
        const QString picture = m_folder.writePicture("red\x1b[31m\n.png", 20, 20);
        const CliResult good = runCli(command({picture}));
        QVERIFY2(good.out.contains("red\\x1b[31m\\n.png\n"), good.out.constData());
        const CliResult bad = runCli(command({m_folder.write("bell\a.png", "no picture")}));
        QVERIFY(bad.err.contains("is not a picture"));
        QVERIFY(!(good.out + bad.err).contains('\x1b') && !bad.err.contains('\a'));

        // So are those that turn the direction, and what classes are called.
        const QString backwards = m_folder.writePicture("a\u202Egpj\u009B.png", 20, 20);
        const QString names = m_folder.write("red.txt", "a\nb\nc\nd\ne\nf\n\x1b[31mg\n");
        const CliResult both = runCli(command({backwards, "--classes", names, "--top", "7"}));
        QVERIFY2(both.out.contains("a\\x202egpj\\x9b.png\n"), both.out.constData());
        QVERIFY2(both.out.contains("  \\x1b[31mg\n"), both.out.constData());
    }

    void namesThatAreNoTextAreCounted()
    {
        QTemporaryDir folder;
        QVERIFY(QFile::copy(m_picture, folder.filePath("good.png")));
        const QByteArray file = QFile::encodeName(folder.filePath("bad")) + "\xFF.png";
        ::close(::open(file.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
        const CliResult result = runCli(command({folder.path()}));
        QCOMPARE(result.status, 0);
        QVERIFY2(result.err.contains("1 file whose name is not UTF-8"), result.err.constData());
        ::unlink(file.constData());
        const CliResult named = runCli(command({folder.filePath("bad\uFFFD.png")}));
        QVERIFY2(named.err.contains("its name is not UTF-8 text; rename the file"), named.err.constData());
    }

    void aNameMayBeginWithAColon()
    {
        const QString folder = QFileInfo(m_picture).path();
        QVERIFY(QFile::copy(m_picture, folder + "/:picture.png"));
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(RESLENS_CLI, command({":picture.png"}));
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }

    void topIsAsManyAsThereAre()
    {
        for (const int top : {1, 3, 1000}) {
            const CliResult result = runCli(command({"--json", m_picture, "--top", QString::number(top)}));
            const QJsonObject picture = result.json()["results"].toArray()[0].toObject();
            compareTop(picture["top"].toArray(), runDirectly(m_model, m_picture), top);
        }
    }

    void preprocessingIsAsAskedFor_data()
    {
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("filter");
        for (const QString mode : {"squash", "crop"})
            for (const QString filter : {"nearest", "bilinear", "bicubic"})
                QTest::newRow(qPrintable(mode + ", " + filter)) << mode << filter;
    }

    void preprocessingIsAsAskedFor()
    {
        QFETCH(QString, mode);
        QFETCH(QString, filter);
        const QMap<QString, ResizeFilter> filters{{"nearest", ResizeFilter::Nearest},
                                                  {"bilinear", ResizeFilter::Bilinear},
                                                  {"bicubic", ResizeFilter::Bicubic}};
        const Preprocessing preprocessing{mode == "crop" ? ResizeMode::Crop : ResizeMode::Squash,
                                          filters[filter]};
        const CliResult result = runCli(command({"--json", m_picture, "--resize", mode, "--filter", filter}));
        const QJsonObject picture = result.json()["results"].toArray()[0].toObject();
        compareTop(picture["top"].toArray(), runDirectly(m_model, m_picture, preprocessing), 5);
    }

    void orientationCanBeLeftOut()
    {
        const QString turned =
            m_folder.write("turned.jpg", withOrientation(encode(makeTexture(80, 40), "jpeg", 95), 6));
        const auto widthWith = [&](const QStringList &more) {
            const QJsonObject json = runCli(command(QStringList{"--json", turned} + more)).json();
            return json["results"].toArray()[0].toObject()["width"].toInt();
        };
        QCOMPARE(widthWith({}), 40);
        QCOMPARE(widthWith({"--no-orientation"}), 80);
    }

    void textHasALineAClass()
    {
        const CliResult result = runCli(command({"--top", "2", m_picture, m_picture}));
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        QList<QByteArray> lines = result.out.split('\n');
        QCOMPARE(lines.size(), 8);
        QCOMPARE(lines.takeFirst(), QByteArray("Preprocessing: stretched, bilinear"));
        QCOMPARE(lines.last(), QByteArray());
        const QRegularExpression line("^ {1,3}\\d{1,3}\\.\\d %  name \\d  \\(n\\d{8}\\)$");
        for (int picture = 0; picture < 2; ++picture) {
            QCOMPARE(lines[3 * picture], m_picture.toUtf8());
            QVERIFY(line.match(lines[3 * picture + 1]).hasMatch());
            QVERIFY(line.match(lines[3 * picture + 2]).hasMatch());
            QCOMPARE(lines[3 * picture + 1].indexOf('%'), 7);
        }
    }

    void goodPicturesRunBesideBadOnes()
    {
        m_folder.writePicture("mixed/2.png", 30, 20);
        m_folder.writePicture("mixed/10.png", 30, 20);
        m_folder.write("mixed/3.jpg", "this is text");
        QDir().mkpath(m_folder.path("empty"));
        const QString missing = m_folder.path("missing.png");
        const CliResult result = runCli(
            command({"--json", missing, m_folder.path("mixed"), m_folder.path("empty"), m_model, m_picture}));
        QCOMPARE(result.status, 1);

        const QJsonArray results = result.json()["results"].toArray();
        const QStringList files{missing,
                                m_folder.path("mixed/2.png"),
                                m_folder.path("mixed/3.jpg"),
                                m_folder.path("mixed/10.png"),
                                m_folder.path("empty"),
                                m_model,
                                m_picture};
        const QList<int> bad{0, 2, 4, 5};
        QCOMPARE(results.size(), files.size());
        for (int i = 0; i < results.size(); ++i) {
            const QJsonObject entry = results[i].toObject();
            QCOMPARE(entry["file"].toString(), files[i]);
            if (bad.contains(i)) {
                QCOMPARE(entry.keys(), QStringList({"error", "file"}));
                const QString sentence = entry["error"].toString();
                QVERIFY2(sentence.contains(QFileInfo(files[i]).fileName()), qPrintable(sentence));
                QVERIFY2(result.err.contains(sentence.toUtf8()), qPrintable(sentence));
            } else {
                QCOMPARE(entry["top"].toArray().size(), 5);
            }
        }
        QCOMPARE(result.err.count('\n'), bad.size());
    }

    void aModelWithoutTopIsRefused()
    {
        const QStringList command{"classify", "--model", m_folder.path("notop.h5"), m_picture};
        const CliResult text = runCli(command);
        QCOMPARE(text.status, 1);
        QCOMPARE(text.out, QByteArray());
        QVERIFY(text.err.contains("notop.h5 has no classification head"));

        const CliResult json = runCli(command + QStringList{"--json"});
        QCOMPARE(json.status, 1);
        QCOMPARE(json.keys(), QStringList("error"));
    }

    void twoModelsSayItOfTheSamePicture()
    {
        const QString other = m_folder.path("other.h5");
        FileOptions options;
        options.inputSize = 90;
        writeKerasFile(other.toStdString(), randomNetwork(Architecture::standard(0.125, 2, 1, 1, 4)),
                       options);
        const QString names = m_folder.write("four.txt", "north\neast\nsouth\nwest\n");
        const QStringList both{m_picture,   "--model", other,   "--classes", names,
                               "--classes", names,     "--top", "4"};

        const CliResult wrong = runCli(command(both));
        QCOMPARE(wrong.status, 1);
        QVERIFY2(wrong.err.contains("four.txt names 4 classes"), wrong.err.constData());

        QStringList arguments{"classify", m_picture, "--model", other, "--classes", names,
                              "--model",  m_model,   "--top",   "4",   "--threads", "1"};
        const QJsonObject json = runCli(arguments + QStringList{"--json"}).json();
        QCOMPARE(json["model"].toString(), QString("other.h5"));
        const QJsonObject result = json["results"].toArray().first().toObject();
        QCOMPARE(result.keys(), QStringList({"file", "height", "milliseconds", "others", "top", "width"}));
        QCOMPARE(result["top"].toArray().size(), 4);
        const QJsonArray others = result["others"].toArray();
        QCOMPARE(others.size(), 1);
        QCOMPARE(others[0].toObject()["model"].toString(), QString("model.h5"));
        QCOMPARE(json["input_size"].toInt(), 90);
        QCOMPARE(others[0].toObject()["input_size"].toInt(), 75);
        compareTop(others[0].toObject()["top"].toArray(), runDirectly(m_model, m_picture), 4);
        const RunResult direct = runDirectly(other, m_picture);
        QCOMPARE(result["top"].toArray()[0].toObject()["class"].toInt(), topK(direct, 1)[0].classIndex);

        const QByteArray text = runCli(arguments).out;
        QVERIFY2(text.indexOf("other.h5:\n") < text.indexOf("model.h5:\n"), text.constData());
        QVERIFY(text.contains("west") && text.contains("name "));
    }

    void classNamesCanBeGiven()
    {
        const QString names = m_folder.write("names.json", R"({"a":0,"b":1,"c":2,"d":3,"e":4,"f":5,"g":6})");
        const CliResult result = runCli(command({m_picture, "--classes", names, "--top", "7"}));
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.contains("  g\n"));
        QVERIFY(!result.out.contains("name 6"));

        const CliResult missing = runCli(command({m_picture, "--classes", m_folder.path("absent.txt")}));
        QCOMPARE(missing.status, 1);
        QVERIFY2(missing.err.contains("absent.txt"), missing.err.constData());
    }

    void theBuiltInModelKnowsItsSample()
    {
        const CliResult result = runCli({"classify", "--json", ":/samples/espresso.jpg"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        const QJsonObject best =
            result.json()["results"].toArray()[0].toObject()["top"].toArray()[0].toObject();
        QCOMPARE(best["name"].toString(), QString("espresso"));
        QCOMPARE(best["wnid"].toString(), QString("n07920052"));
    }

    void inputSizeIsThePictures()
    {
        const CliResult larger = runCli(command({"--json", m_picture, "--input-size", "107"}));
        QCOMPARE(larger.status, 0);
        QVERIFY(larger.json()["results"] != runCli(command({"--json", m_picture})).json()["results"]);
    }

    void progressIsForTerminals()
    {
        const Terminal terminal;
        if (terminal.name().isEmpty())
            QSKIP("there are no pseudo-terminals here");
        QProcess process;
        process.setStandardErrorFile(terminal.name());
        process.start(RESLENS_CLI, command({"--json", m_picture, m_picture}));
        QVERIFY(process.waitForFinished());
        const QByteArray shown = terminal.read();
        QVERIFY2(shown.contains("\r\x1b[K1/2 "), shown.constData());
        QVERIFY2(shown.contains("picture.png\r\x1b[K"), shown.constData());
        QVERIFY(shown.contains("\r\x1b[K2/2 "));
        QVERIFY(!QJsonDocument::fromJson(process.readAllStandardOutput()).isNull());
    }

    void ctrlCEndsTheRun()
    {
        QStringList pictures;
        for (int i = 0; i < 3000; ++i)
            pictures << m_picture;
        QProcess process;
        process.start(RESLENS_CLI, command(QStringList{"--top", "1"} + pictures));
        while (process.canReadLine() || process.waitForReadyRead())
            if (process.readLine().contains('%'))
                break;
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(5000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(process.readAllStandardError(), QByteArray("reslens-cli: Cancelled.\n"));
        QVERIFY(process.readAllStandardOutput().count('%') < 2999);
    }

    void aSignalThatNohupIgnoresStaysIgnored()
    {
        QProcess process;
        process.setChildProcessModifier([] { std::signal(SIGHUP, SIG_IGN); });
        process.start(RESLENS_CLI, command(QStringList{"--top", "1"} + QStringList(100, m_picture)));
        while (process.canReadLine() || process.waitForReadyRead())
            if (process.readLine().contains('%'))
                break;
        QCOMPARE(::kill(pid_t(process.processId()), SIGHUP), 0);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(process.readAllStandardOutput().count('%'), 99);
    }

    void memoryDoesNotGrowOverAThousandPictures()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer keeps freed memory");
#endif
        constexpr int count = 1000;
        for (int i = 0; i < count; ++i)
            m_folder.writePicture(QString("many/%1.png").arg(i), 60 + i % 90, 60 + i % 70);
        QProcess process;
        process.start(RESLENS_CLI, command({"--top", "1", m_folder.path("many")}));
        int done = 0;
        int measuredAt = 0;
        long afterTen = 0;
        long last = 0;
        while (process.canReadLine() || process.waitForReadyRead()) {
            if (!process.readLine().contains('%'))
                continue;
            ++done;
            const long now = residentMemory(process.processId());
            if (done == 10)
                afterTen = now;
            if (now > 0) {
                last = now;
                measuredAt = done;
            }
        }
        QVERIFY(process.state() == QProcess::NotRunning || process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(done, count);
        QVERIFY(afterTen > 0);
        QVERIFY2(measuredAt > count - 50, qPrintable(QString::number(measuredAt)));
        QVERIFY2(double(last) <= 1.05 * double(afterTen),
                 qPrintable(QString("%1 kB after ten, %2 kB at the end").arg(afterTen).arg(last)));
    }
};

QTEST_GUILESS_MAIN(ClassifyTest)
#include "test_classify.moc"
