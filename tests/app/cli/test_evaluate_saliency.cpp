// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/method.h"
#include "tests/app/cli/cli_fixture.h"

#include <QJsonArray>
#include <QtTest>

#include <csignal>

using namespace reslens::test;

class EvaluateSaliencyTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_first = m_folder.writePicture("first, of two.png", 120, 90);
    QString m_second = m_folder.writePicture("second.png", 75, 75);

    QStringList command(const QStringList &more) const
    {
        return QStringList{"evaluate-saliency", "--model", m_model} + more;
    }

    CliResult ask(const QStringList &more) const { return runCli(command(more)); }

    static QJsonObject row(const CliResult &result, const QString &method)
    {
        for (const QJsonValue row : result.json()["rows"].toArray()) {
            if (row["method"].toString() == method)
                return row.toObject();
        }
        return {};
    }

    static double mean(const CliResult &result, const QString &method, const QString &figure)
    {
        return row(result, method)[figure].toObject()["mean"].toDouble(qQNaN());
    }

    static QByteArrayList lines(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().split('\n') : QByteArrayList();
    }

    /// A CSV's lines without the time, their last column.
    static QByteArrayList figures(const QString &path)
    {
        QByteArrayList result = lines(path);
        for (QByteArray &line : result)
            line.truncate(line.lastIndexOf(','));
        return result;
    }

private slots:
    void everyMethodAndBothControlsHaveARow()
    {
        const CliResult result = ask({m_first, m_second, "--steps", "2", "--json"});
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["pictures"].toInt(), 2);
        QCOMPARE(result.json()["input_size"].toInt(), 75);
        QCOMPARE(result.json()["preprocessing"].toString(), QString("stretched, bilinear"));
        const QJsonArray rows = result.json()["rows"].toArray();
        QCOMPARE(rows.size(), int(reslens::saliencyMethods().size()) + 2);
        QCOMPARE(rows[0]["method"].toString(), QString("direct"));
        QCOMPARE(rows.last().toObject()["method"].toString(), QString("random-order"));
        for (const QJsonValue row : rows) {
            for (const char *figure : {"insertion", "deletion"}) {
                const QJsonObject cell = row[figure].toObject();
                QCOMPARE(cell["count"].toInt(), 2);
                QVERIFY(cell["mean"].toDouble() > 0 && cell["mean"].toDouble() < 1);
                QVERIFY(std::abs(cell["standard_error"].toDouble() -
                                 cell["deviation"].toDouble() / std::sqrt(2)) < 1e-9);
            }
            QVERIFY(!row.toObject().contains("pointing_game"));
            QVERIFY(!row.toObject().contains("cascade"));
        }
    }

    void boxesMeasureWhereTheMapIs()
    {
        const QString csv = m_folder.write(
            "boxes.csv", "file,left,top,right,bottom\nsome/folder/second.png,0,0,75,75\nother.png,1,2,3,4\n");
        CliResult result = ask({m_second, "--methods", "energy", "--boxes", csv, "--json"});
        QCOMPARE(mean(result, "energy", "pointing_game"), 1.0);
        QCOMPARE(mean(result, "energy", "mass_in_box"), 1.0);

        // Of a picture of 120 × 90, two boxes that share a third of their areas.
        const QString json =
            m_folder.write("boxes.json", R"({"first, of two.png": [[0, 0, 60, 90], [40, 0, 80, 90]]})");
        result = ask({m_first, "--methods", "energy", "--boxes", json, "--json"});
        QVERIFY(std::abs(mean(result, "random-order", "mass_in_box") - 2.0 / 3) < 0.01);
        const double mass = mean(result, "energy", "mass_in_box");
        QVERIFY(mass > 0.1 && mass < 1);

        const QString same =
            m_folder.write("same.csv", "\"first, of two.png\",0,0,60,90\nfirst, of two.png,40,0,80,90\n");
        QCOMPARE(
            mean(ask({m_first, "--methods", "energy", "--boxes", same, "--json"}), "energy", "mass_in_box"),
            mass);
    }

    void aHeaderMayBeQuoted()
    {
        for (const char *header :
             {"\"file\",\"left\",\"top\",\"right\",\"bottom\"", "File, Left, Top, Right, Bottom",
              "\xEF\xBB\xBF"
              "file,left,top,right,bottom"}) {
            const QString csv =
                m_folder.write("header.csv", QByteArray(header) + "\r\nsecond.png,0,0,75,75\r\n");
            const CliResult result = ask({m_second, "--methods", "energy", "--boxes", csv, "--json"});
            QVERIFY2(result.status == 0, result.err.constData());
            QCOMPARE(mean(result, "random-order", "mass_in_box"), 1.0);
        }
    }

    void croppingMovesTheBoxes()
    {
        // The centred 79 × 79 of 120 × 90: from 20 to 99 across, from 5 to 84 down.
        const QString csv =
            m_folder.write("crop.csv", "second.png,0,0,1,1\n\"first, of two.png\",20,5,99,84\n");
        const CliResult result =
            ask({m_first, "--resize", "crop", "--methods", "energy", "--boxes", csv, "--json"});
        QCOMPARE(mean(result, "random-order", "mass_in_box"), 1.0);
    }

    void figuresDoNotDependOnTheThreads()
    {
        const QString one = m_folder.path("one.csv");
        const QString two = m_folder.path("two.csv");
        const QStringList more{m_first, m_second, "--methods", "direct,energy", "--output"};
        QCOMPARE(ask(more + QStringList{one, "--threads", "1"}).status, 0);
        QCOMPARE(ask(more + QStringList{two, "--threads", "2"}).status, 0);
        QCOMPARE(lines(one).size(), 1 + 2 * 4);
        QCOMPARE(figures(one), figures(two));
        QVERIFY(lines(one)[1].startsWith('"' + m_first.toUtf8() + "\",name "));
    }

    void aSampleIsTheSameForItsSeed()
    {
        QStringList pictures;
        for (int i = 0; i < 12; ++i)
            pictures << (i % 2 == 0 ? m_first : m_second);
        const QString csv = m_folder.path("sample.csv");
        const QStringList more =
            pictures + QStringList{"--methods", "energy", "--sample", "3", "--output", csv, "--seed"};
        QCOMPARE(ask(more + QStringList{"4"}).status, 0);
        const QByteArrayList first = figures(csv);
        QCOMPARE(first.size(), 1 + 3 * 3);
        QCOMPARE(ask(more + QStringList{"4"}).status, 0);
        QCOMPARE(figures(csv), first);
    }

    void lineBreaksInNamesAreQuoted()
    {
        const QString picture = m_folder.writePicture("two\nlines.png", 75, 75);
        const QString csv = m_folder.path("quoted.csv");
        QCOMPARE(ask({picture, "--methods", "energy", "--output", csv}).status, 0);
        QFile file(csv);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray text = file.readAll();
        QVERIFY2(text.contains('"' + picture.toUtf8() + "\","), text.constData());
    }

    void checksKnowTheEdgeDetector()
    {
        const CliResult result = ask({m_second, "--methods", "direct,grad-cam", "--full", "--json"});
        QVERIFY2(result.status == 0, result.err.constData());
        QVERIFY(std::abs(mean(result, "edge-detector", "cascade") - 1) < 1e-9);
        QVERIFY(std::abs(mean(result, "edge-detector", "random_logit") - 1) < 1e-9);
        QVERIFY(mean(result, "direct", "cascade") < 0.9);
        QVERIFY(mean(result, "direct", "random_logit") < 1);
        QVERIFY(mean(result, "direct", "max_sensitivity") > 0);
        QVERIFY(std::abs(mean(result, "direct", "lesion_agreement")) <= 1);
        QVERIFY(row(result, "grad-cam")["lesion_agreement"].isNull());
        QVERIFY(row(result, "random-order")["cascade"].isNull());
    }

    void listsMayHaveBlanksAndRepeat()
    {
        const CliResult result = ask(
            {m_second, "--methods", "energy, direct,energy", "--checks", "lesions, random-logit", "--json"});
        QVERIFY2(result.status == 0, result.err.constData());
        QCOMPARE(result.json()["rows"].toArray().size(), 4);
        QVERIFY(row(result, "direct").contains("random_logit"));
    }

    void whatCannotBeReadIsReported()
    {
        const CliResult result =
            ask({m_folder.path("missing.png"), m_second, "--methods", "energy", "--json"});
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("missing.png"));
        QCOMPARE(result.json()["pictures"].toInt(), 1);
        QCOMPARE(result.json()["failed"].toInt(), 1);
    }

    void textIsATable()
    {
        const CliResult result = ask({m_second, "--methods", "energy"});
        QCOMPARE(result.status, 0);
        QVERIFY(result.out.startsWith("1 picture, mean ± standard error\n"));
        QCOMPARE(result.out.count('\n'), 5);
        QVERIFY(result.out.contains("\nenergy "));
    }

    void badBoxesAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("said");
        QTest::newRow("number") << "a.csv" << QByteArray("a.png,1,2,3,4\na.png,1,2,x,4") << "line 2";
        QTest::newRow("inside out") << "b.csv" << QByteArray("a.png,5,2,3,4") << "line 1";
        QTest::newRow("fields") << "c.csv" << QByteArray("1,2,3") << "line 1";
        QTest::newRow("json") << "d.json" << QByteArray("[1, 2]") << "not a JSON object";
        QTest::newRow("json box") << "e.json" << QByteArray(R"({"a.png": [[1, 2, 3]]})") << "[1,2,3]";
        QTest::newRow("header") << "f.csv" << QByteArray("file,x,y,width,height\nsecond.png,1,2,3,4")
                                << "line 1: expected";
        QTest::newRow("order") << "g.csv" << QByteArray("file,top,left,bottom,right\nsecond.png,1,2,3,4")
                               << "line 1: expected";
        QTest::newRow("infinite") << "h.csv" << QByteArray("second.png,1,2,inf,4") << "line 1: expected";
        QTest::newRow("empty") << "i.csv" << QByteArray("file,left,top,right,bottom\n") << "has no box in it";
        QTest::newRow("no boxes") << "j.json" << QByteArray(R"({"second.png": []})") << "has no box in it";
        QTest::newRow("no list") << "k.json" << QByteArray(R"({"second.png": {"a": 1}})") << R"({"a":1})";
        QTest::newRow("others") << "l.csv" << QByteArray("other.png,1,2,3,4") << "none of these pictures";
    }

    void badBoxesAreRefused()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, said);
        const CliResult result = ask({m_second, "--boxes", m_folder.write(name, content)});
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains(said.toUtf8()), result.err.constData());
    }

    void aNetworkWithoutClassesIsRefused()
    {
        const CliResult result =
            runCli({"evaluate-saliency", m_second, "--model", m_folder.path("notop.h5")});
        QCOMPARE(result.status, 1);
        QVERIFY(result.err.contains("no classification head"));
    }

    void ctrlCKeepsWhatIsDone()
    {
        QStringList pictures;
        for (int i = 0; i < 1000; ++i)
            pictures << m_second;
        const QString csv = m_folder.path("interrupted.csv");
        QProcess process;
        process.start(RESLENS_CLI,
                      command(pictures + QStringList{"--methods", "energy", "--json", "--output", csv}));
        QVERIFY(process.waitForStarted());
        QVERIFY(!process.waitForFinished(4000));
        QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
        QVERIFY(process.waitForFinished(5000));
        QCOMPARE(process.exitCode(), 130);
        const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QVERIFY(json["interrupted"].toBool());
        const int done = json["pictures"].toInt();
        QVERIFY(done > 0 && done < 1000);
        QCOMPARE(lines(csv).size(), 1 + 3 * done);
    }
};

QTEST_GUILESS_MAIN(EvaluateSaliencyTest)
#include "test_evaluate_saliency.moc"
