// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "resources/resources.h"
#include "tests/support/keras_file_writer.h"
#include "ui/weights/model_file.h"
#include "ui/weights/model_report.h"
#include "ui/weights/official_weights.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

using namespace reslens;
using namespace reslens::test;

class TestOfficialWeights : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        qputenv("HOME", m_home->path().toLocal8Bit());
        qputenv("XDG_DATA_HOME", m_home->filePath("data").toLocal8Bit());
        qunsetenv("KERAS_HOME");
    }

    void foldersAreThisProgramsAndKeras()
    {
        const QString own = m_home->filePath("data/reslens/models");
        const QString keras = m_home->filePath(".keras/models");
        QCOMPARE(weightsFolders(), QStringList({own, keras}));
        qputenv("KERAS_HOME", m_home->filePath("elsewhere").toLocal8Bit());
        QCOMPARE(weightsFolders(), QStringList({own, m_home->filePath("elsewhere/models"), keras}));
        QCOMPARE(weightsFolder(), own);
    }

    void theFirstFileFoundIsTaken()
    {
        const QString name = officialWeights(true).name;
        QVERIFY(findWeights(name).isEmpty());
        const QString keras = put(".keras/models/" + name);
        QCOMPARE(findWeights(name), keras);
        QCOMPARE(resolveModel("official"), keras);
        const QString own = put("data/reslens/models/" + name);
        QCOMPARE(resolveModel("official"), own);
        const QString withoutTop = put(".keras/models/" + officialWeights(false).name);
        QCOMPARE(resolveModel("official-notop"), withoutTop);
    }

    void aPartIsNoModel()
    {
        put("data/reslens/models/" + officialWeights(true).name + ".part");
        QVERIFY_EXCEPTION_THROWN(resolveModel("official"), Error);
    }

    void whatIsMissingIsNamed()
    {
        try {
            resolveModel("official-notop");
            QFAIL("found what is not there");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::FileMissing);
            const QString sentence = QString::fromUtf8(error.what());
            for (const QString &part :
                 weightsFolders() + QStringList{officialWeights(false).name, "fetch-weights --no-top"})
                QVERIFY2(sentence.contains(part), qPrintable(sentence));
        }
        QCOMPARE(resolveModel("built-in"), QString());
        QCOMPARE(resolveModel(""), QString());
        QCOMPARE(resolveModel("my/model.h5"), QString("my/model.h5"));
    }

    void theAddressEndsInTheName()
    {
        for (const bool top : {true, false}) {
            const RemoteFile file = officialWeights(top);
            QCOMPARE(file.url.fileName(), file.name);
            QCOMPARE(file.url.scheme(), QString("https"));
            QCOMPARE(file.md5.size(), 32);
        }
        // The classification head is 1536 × 1000 weights and 1000 biases of 4 bytes, and little else.
        const qint64 head = officialWeights(true).size - officialWeights(false).size;
        QVERIFY(head > 4 * 1537 * 1000 && head < 4 * 1537 * 1000 + 10'000);
    }

    void hashesAreThoseOfTheBytes()
    {
        const QString path = put("bytes");
        QCOMPARE(sha256Of(path).toLatin1(),
                 QCryptographicHash::hash("model", QCryptographicHash::Sha256).toHex());
        std::stop_source stopped;
        stopped.request_stop();
        QVERIFY_EXCEPTION_THROWN(sha256Of(path, stopped.get_token()), Error);
        QVERIFY_EXCEPTION_THROWN(sha256Of(m_home->filePath("absent")), Error);
        QCOMPARE(sha256Of({}).size(), 64);
    }

    void reportsSayWhatAFileIs()
    {
        const QString path = m_home->filePath("small.h5");
        const Architecture architecture = Architecture::standard(0.125, 1, 2, 1, 1000);
        writeKerasFile(path.toStdString(), randomNetwork(architecture), {});
        const ModelReport report = reportOn(openWeightFile(path));
        QCOMPARE(report.fileSize, QFileInfo(path).size());
        QVERIFY(report.origin.format == ModelFormat::LegacyWeights);
        QCOMPARE(report.info.classes[281].name, std::string("tabby"));
        std::size_t layers = 0;
        for (const ModelReport::BlockEntry &block : report.blocks)
            layers += block.widths.size();
        QCOMPARE(layers, architecture.filters.size() + 4 + 1);
        QCOMPARE(report.blocks[0].name, std::string("stem"));
        QCOMPARE(report.blocks[0].widths[0].tensor, std::string("conv_1"));
        QCOMPARE(report.blocks[0].widths[0].filters, architecture.filters[0]);

        QCOMPARE(reportOn(openWeightFile({})).fileSize, qint64(embeddedModel().size()));
    }

private:
    QString put(const QString &name) const
    {
        const QString path = m_home->filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write("model") == 5 ? path : QString();
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

QTEST_GUILESS_MAIN(TestOfficialWeights)
#include "test_official_weights.moc"
