// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/cli_fixture.h"

#include <QJsonArray>
#include <QtTest>

#include <cmath>

using namespace reslens;
using namespace reslens::test;

class ExplainTest : public QObject
{
    Q_OBJECT

    ModelFolder m_folder;
    QString m_model = m_folder.path("model.h5");
    QString m_picture = m_folder.writePicture("picture.png", 120, 90);

    CliResult explain(const QString &unit, const QStringList &more = {}) const
    {
        return runCli(QStringList{"explain", m_picture, "--model", m_model, "--unit", unit} + more);
    }

    static double sumByBranch(const QJsonObject &json)
    {
        double sum = json["bias"].toDouble();
        for (const QJsonValue &share : json["branches"].toArray())
            sum += share["sum"].toDouble();
        return sum;
    }

private slots:
    void termsAddUpToTheActivation_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<int>("terms");
        QTest::newRow("3x3, stride 2") << "stem/conv_1/ch1@(0,0)" << 27;
        QTest::newRow("5x5 at a corner") << "mixed_5b/branch_1/ch2@(0,0)" << 9 * 6;
        QTest::newRow("1x1") << "conv_7b/output/ch9@(0,0)" << 260;
        QTest::newRow("dense") << "predictions/logits/ch1@(0,0)" << 192;
    }

    void termsAddUpToTheActivation()
    {
        QFETCH(QString, unit);
        QFETCH(int, terms);
        const CliResult result = explain(unit, {"--json"});
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        const QJsonObject json = result.json();
        QCOMPARE(result.keys(), QStringList({"activation", "bias", "file", "input", "input_size", "kernel",
                                             "model", "preprocessing", "relu", "sum", "terms", "unit"}));
        QCOMPARE(json["file"].toString(), m_picture);
        QCOMPARE(json["input_size"].toInt(), 75);
        QCOMPARE(json["preprocessing"].toString(), QString("stretched, bilinear"));
        QCOMPARE(json["unit"].toString(), unit);
        QCOMPARE(json["terms"].toArray().size(), terms);
        double sum = json["bias"].toDouble();
        double scale = std::abs(sum);
        for (const QJsonValue &term : json["terms"].toArray()) {
            const double product = term["value"].toDouble() * term["weight"].toDouble();
            sum += product;
            scale += std::abs(product);
        }
        QVERIFY(std::abs(sum - json["sum"].toDouble()) <= 1e-6 * scale);
        const double expected = json["relu"].toBool() ? std::max(sum, 0.0) : sum;
        QVERIFY(std::abs(expected - json["activation"].toDouble()) <= 1e-5 * scale);
    }

    void additionsShowInputAndResidual()
    {
        for (const char *unit : {"block17_1/sum/ch5@(1,2)", "block17_1/output/ch5@(1,2)"}) {
            const QJsonObject json = explain(unit, {"--json"}).json();
            const double sum = json["input"].toDouble() + json["residual"].toDouble();
            QVERIFY(std::abs(sum - json["sum"].toDouble()) < 1e-6);
            const double expected = json["relu"].toBool() ? std::max(sum, 0.0) : sum;
            QVERIFY(std::abs(expected - json["activation"].toDouble()) < 1e-6);
            QVERIFY(std::abs(sumByBranch(json) - json["residual"].toDouble()) < 1e-5);
        }
        const QByteArray words = explain("block17_1/output/ch5@(1,2)").out;
        QVERIFY(words.contains("x + s·F(x): "));
        QVERIFY(words.contains("s·F(x) by branch: branch_0 "));
    }

    void residualsAreSplitByBranch()
    {
        const QJsonObject json = explain("block35_1/residual/ch5@(1,2)", {"--json"}).json();
        QCOMPARE(json["branches"].toArray().size(), 3);
        QVERIFY(std::abs(sumByBranch(json) - json["sum"].toDouble()) < 1e-6);
        QVERIFY(explain("block35_1/residual/ch5@(1,2)").out.contains("by branch: branch_0 "));
    }

    void poolingsShowTheirWindow()
    {
        const QJsonObject greatest = explain("stem/pool_1/ch0@(1,2)", {"--json"}).json();
        QCOMPARE(greatest["pooling"].toString(), QString("maximum"));
        QCOMPARE(greatest["kernel"].toArray(), QJsonArray({3, 3}));
        double maximum = -INFINITY;
        for (const QJsonValue &term : greatest["terms"].toArray())
            maximum = std::max(maximum, term["value"].toDouble());
        QCOMPARE(greatest["terms"].toArray().size(), 9);
        QCOMPARE(greatest["activation"].toDouble(), maximum);
        QVERIFY(explain("stem/pool_1/ch0@(1,2)").out.contains("the greatest of 3 × 3 values of stem/conv_3"));

        const QJsonObject mean = explain("predictions/pool/ch1@(0,0)", {"--json"}).json();
        QCOMPARE(mean["pooling"].toString(), QString("mean"));
        QVERIFY(std::abs(mean["sum"].toDouble() - mean["activation"].toDouble()) < 1e-6);
        QVERIFY(explain("predictions/pool/ch1@(0,0)").out.contains("values of conv_7b/output"));
    }

    void stackedMapsAreFollowedToTheirBranch()
    {
        const QJsonObject stacked = explain("block35_1/mixed/ch0@(1,2)", {"--json"}).json();
        QCOMPARE(stacked["branch"].toString(), QString("block35_1/branch_0"));
        const QJsonObject branch = explain("block35_1/branch_0/ch0@(1,2)", {"--json"}).json();
        QCOMPARE(stacked["terms"], branch["terms"]);
        QVERIFY(explain("block35_1/mixed/ch0@(1,2)").out.contains("of block35_1/branch_0: a 1 × 1"));
    }

    void listsTheLargestProducts()
    {
        const CliResult result = explain("stem/conv_3/ch0@(4,4)", {"--top", "3"});
        QCOMPARE(result.status, 0);
        const QList<QByteArray> lines = result.out.trimmed().split('\n');
        QCOMPARE(lines.size(), 6);
        QVERIFY(lines[0].startsWith("stem/conv_3/ch0@(4,4) = "));
        QVERIFY(lines[1].startsWith("a 3 × 3 convolution of stem/conv_2"));
        double previous = INFINITY;
        for (int i = 3; i < 6; ++i) {
            const double product = std::abs(lines[i].split('=').first().trimmed().toDouble());
            QVERIFY(product > 0 && product <= previous);
            previous = product;
        }
    }

    void refusesWhatIsNoUnit_data()
    {
        QTest::addColumn<QString>("unit");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no unit") << "stem/conv_1" << 1 << QByteArray("not the address of a unit");
        QTest::newRow("no tensor") << "stem/conv_9/ch0@(0,0)" << 1 << QByteArray("the tensors of stem are");
        QTest::newRow("no position") << "stem/conv_1/ch0@(99,0)" << 1 << QByteArray("37 × 37 × ");
        QTest::newRow("no channel") << "stem/pool_1/ch99@(0,0)" << 1 << QByteArray("17 × 17 × ");
        QTest::newRow("the picture") << "stem/input/ch0@(0,0)" << 1 << QByteArray("the picture itself");
        QTest::newRow("a softmax") << "predictions/probabilities/ch0@(0,0)" << 1 << QByteArray("softmax");
        QTest::newRow("nothing") << "" << 2 << QByteArray("unit");
    }

    void refusesWhatIsNoUnit()
    {
        QFETCH(QString, unit);
        QFETCH(int, status);
        QFETCH(QByteArray, words);
        const CliResult result = explain(unit);
        QCOMPARE(result.status, status);
        QVERIFY2(result.err.contains(words), result.err.constData());
        QCOMPARE(result.out, QByteArray());
    }
};

QTEST_GUILESS_MAIN(ExplainTest)
#include "test_explain.moc"
