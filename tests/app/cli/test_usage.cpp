// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/cli/cli_fixture.h"

#include <QtTest>

#include <sys/resource.h>

using namespace reslens::test;

class UsageTest : public QObject
{
    Q_OBJECT

private slots:
    void helpIsForTheAsking_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("program")
            << QStringList{"--help"}
            << QStringList{"Usage: reslens-cli", "classify", "features", "inspect", "bench", "130"};
        QTest::newRow("short") << QStringList{"-h"} << QStringList{"Usage: reslens-cli"};
        QTest::newRow("classify") << QStringList{"classify", "--help"}
                                  << QStringList{"Usage: reslens-cli classify [options] IMAGE…",
                                                 "--model",
                                                 "--top",
                                                 "--resize",
                                                 "--filter",
                                                 "--threads",
                                                 "--json"};
        QTest::newRow("features")
            << QStringList{"features", "-h"}
            << QStringList{"Usage: reslens-cli features", "--tensor", "--output", ".npy", ".h5", ".png"};
        QTest::newRow("saliency")
            << QStringList{"saliency", "--help"}
            << QStringList{
                   "Usage: reslens-cli saliency [options] IMAGE --method NAME {--output FILE | --json}",
                   "--block",
                   "--class",
                   "--versus",
                   "--steps",
                   "grad-x-residual",
                   "Selvaraju et al. 2017"};
        QTest::newRow("evaluate-saliency")
            << QStringList{"evaluate-saliency", "--help"}
            << QStringList{"Usage: reslens-cli evaluate-saliency [options] IMAGE|FOLDER…", "--boxes",
                           "--sample", "--checks", "Petsiuk et al. 2018"};
        QTest::newRow("lesion")
            << QStringList{"lesion", "--help"}
            << QStringList{"Usage: reslens-cli lesion [options] IMAGE {--scale NAME=FACTOR… | --table}",
                           "--scale", "--table", "--versus"};
        QTest::newRow("lens") << QStringList{"lens", "--help"}
                              << QStringList{"Usage: reslens-cli lens", "--class", "nostalgebraist 2020"};
        QTest::newRow("inspect") << QStringList{"inspect", "--help"}
                                 << QStringList{"Usage: reslens-cli inspect", "[FILE]", "--json"};
        QTest::newRow("fetch-weights")
            << QStringList{"fetch-weights", "--help"} << QStringList{"Usage: reslens-cli fetch-weights",
                                                                     "--no-top",
                                                                     "--url",
                                                                     "--md5",
                                                                     "--directory",
                                                                     "/reslens/models"};
        QTest::newRow("bench") << QStringList{"bench", "--help"}
                               << QStringList{"Usage: reslens-cli bench", "--repeat", "--threads", "--json"};
    }

    void helpIsForTheAsking()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QStringList, expected);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.status, 0);
        QCOMPARE(result.err, QByteArray());
        for (const QString &text : expected)
            QVERIFY2(result.out.contains(text.toUtf8()), qPrintable(text));
    }

    void versionIsOneLine()
    {
        const CliResult result = runCli({"--version"});
        QCOMPARE(result.status, 0);
        QVERIFY(QRegularExpression("^reslens-cli \\d+\\.\\d+\\.\\d+\n$").match(result.out).hasMatch());
    }

    void wrongUsageIsStatus2_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("said");
        QTest::newRow("nothing") << QStringList{} << "command is missing";
        QTest::newRow("unknown command") << QStringList{"clasify"} << "clasify";
        QTest::newRow("unknown option") << QStringList{"classify", "--tpo", "3", "a.png"} << "tpo";
        QTest::newRow("no pictures") << QStringList{"classify", "--json"} << "at least one picture";
        QTest::newRow("no value") << QStringList{"classify", "a.png", "--model"} << "model";
        QTest::newRow("empty value") << QStringList{"classify", "a.png", "--model", ""}
                                     << "--model needs a value";
        QTest::newRow("top 0") << QStringList{"classify", "a.png", "--top", "0"} << "--top";
        QTest::newRow("top x") << QStringList{"classify", "a.png", "--top", "x"} << "\"x\"";
        QTest::newRow("threads -1") << QStringList{"classify", "a.png", "--threads", "-1"} << "--threads";
        QTest::newRow("resize") << QStringList{"classify", "a.png", "--resize", "fit"} << "\"fit\"";
        QTest::newRow("filter") << QStringList{"classify", "a.png", "--filter", "box"} << "\"box\"";
        QTest::newRow("input size") << QStringList{"classify", "a.png", "--input-size", "74"} << "75";
        QTest::newRow("empty name") << QStringList{"classify", ""} << "empty file name";
        QTest::newRow("features without tensor")
            << QStringList{"features", "a.png", "-o", "a.npy"} << "--tensor";
        QTest::newRow("features without output")
            << QStringList{"features", "a.png", "--tensor", "stem/output"} << "--output";
        QTest::newRow("features of two")
            << QStringList{"features", "a.png", "b.png", "--tensor", "stem/output", "-o", "a.npy"}
            << "one picture";
        QTest::newRow("suffix") << QStringList{"features", "a.png", "--tensor", "stem/output", "-o", "a.txt"}
                                << "a.txt";
        QTest::newRow("saliency without method")
            << QStringList{"saliency", "a.png", "-o", "a.npy"} << "--method";
        QTest::newRow("saliency without output")
            << QStringList{"saliency", "a.png", "--method", "direct"} << "--output, --json or both";
        QTest::newRow("saliency of two")
            << QStringList{"saliency", "a.png", "b.png", "--method", "direct"} << "one picture";
        QTest::newRow("method") << QStringList{"saliency", "a.png", "--method", "gradcam", "--json"}
                                << "hirescam, cam, gradient";
        QTest::newRow("nothing to evaluate") << QStringList{"evaluate-saliency"} << "at least one picture";
        QTest::newRow("methods") << QStringList{"evaluate-saliency", "a.png", "--methods", "direct,gradcam"}
                                 << "\"gradcam\"";
        QTest::newRow("checks") << QStringList{"evaluate-saliency", "a.png", "--checks", "lesion"}
                                << "cascade, random-logit, max-sensitivity, lesions";
        QTest::newRow("boxes") << QStringList{"evaluate-saliency", "a.png", "--boxes", "a.txt"}
                               << ".csv or .json";
        QTest::newRow("full and checks")
            << QStringList{"evaluate-saliency", "a.png", "--full", "--checks", "lesions"} << "leave one";
        QTest::newRow("sample 0") << QStringList{"evaluate-saliency", "a.png", "--sample", "0"} << "--sample";
        QTest::newRow("evaluation's suffix")
            << QStringList{"evaluate-saliency", "a.png", "-o", "a.png.txt"} << ".csv";
        QTest::newRow("steps") << QStringList{"saliency", "a.png", "--method", "smoothgrad",
                                              "--steps",  "0",     "--json"}
                               << "--steps";
        QTest::newRow("saliency suffix")
            << QStringList{"saliency", "a.png", "--method", "direct", "-o", "a.h5"} << "a.h5";
        QTest::newRow("inspect two") << QStringList{"inspect", "a.h5", "b.h5"} << "one file";
        QTest::newRow("fetch a file") << QStringList{"fetch-weights", "a.h5"} << "options only";
        QTest::newRow("fetch from a disk")
            << QStringList{"fetch-weights", "--url", "file:///a.h5"} << "https://";
        QTest::newRow("short md5") << QStringList{"fetch-weights", "--md5", "123"} << "32 hexadecimal digits";
        QTest::newRow("md5 of nothing") << QStringList{"fetch-weights", "--md5", QString(32, 'a')} << "--url";
        QTest::newRow("two models") << QStringList{"bench", "--model", "a.h5", "--model", "b.h5"}
                                    << "Only classify";
        QTest::newRow("bench a picture") << QStringList{"bench", "a.png"} << "no pictures";
        QTest::newRow("repeat") << QStringList{"bench", "--repeat", "1.5"} << "--repeat";
    }

    void wrongUsageIsStatus2()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, said);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.status, 2);
        QCOMPARE(result.out, QByteArray());
        QVERIFY2(result.err.startsWith("reslens-cli: ") && result.err.contains(said.toUtf8()),
                 result.err.constData());
    }

    void namesThatAreNoTextAreRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("output") << QStringList{"features",    "a.png", "--tensor",
                                               "stem/output", "-o",    "bad\uFFFD.npy"};
        QTest::newRow("folder") << QStringList{"fetch-weights", "--directory", "bad\uFFFD"};
        QTest::newRow("model") << QStringList{"classify", "a.png", "--model", "bad\uFFFD"};
        QTest::newRow("classes") << QStringList{"inspect", "--classes", "bad\uFFFD"};
        QTest::newRow("inspected") << QStringList{"inspect", "bad\uFFFD"};
    }

    void namesThatAreNoTextAreRefused()
    {
        QFETCH(QStringList, arguments);
        const CliResult result = runCli(arguments);
        QCOMPARE(result.status, 1);
        QVERIFY2(result.err.contains("is not UTF-8 text"), result.err.constData());
    }

    void aStrangeEnvironmentIsNoMatter()
    {
        QProcess process;
        process.setProcessEnvironment({});
        process.start(RESLENS_CLI, {"inspect", "--json"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());

        QProcessEnvironment environment;
        environment.insert("LC_ALL", "C");
        environment.insert("QT_QPA_PLATFORM", "xcb");
        process.setProcessEnvironment(environment);
        process.start(RESLENS_CLI, {"inspect"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(process.readAllStandardError(), QByteArray());
    }

    void withoutMemoryItEnds_data()
    {
        QTest::addColumn<int>("megabytes");
        // With less, some versions of OpenBLAS ask for ever while they are loaded.
        for (const int megabytes : {400, 600, 800, 1000})
            QTest::addRow("%d MB", megabytes) << megabytes;
    }

    void withoutMemoryItEnds()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer takes all addresses");
#endif
        QFETCH(int, megabytes);
        QProcess process;
        process.setChildProcessModifier([megabytes] {
            const rlimit limit{rlim_t(megabytes) << 20, rlim_t(megabytes) << 20};
            ::setrlimit(RLIMIT_AS, &limit);
        });
        // Its own threads, one a core, would take more.
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("OPENBLAS_NUM_THREADS", "1");
        process.setProcessEnvironment(environment);
        process.start(RESLENS_CLI, {"inspect"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        process.start(RESLENS_CLI, {"classify", ":/samples/espresso.jpg", "--threads", "8"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("memory"));
    }

    void aFullDiskIsAFailure()
    {
        if (!QFile::exists("/dev/full"))
            QSKIP("there is no /dev/full here");
        QProcess process;
        process.setStandardOutputFile("/dev/full");
        process.start(RESLENS_CLI, {"inspect", "--json"});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("standard output cannot be written"));
    }
};

QTEST_GUILESS_MAIN(UsageTest)
#include "test_usage.moc"
