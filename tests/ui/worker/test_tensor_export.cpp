// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "tests/ui/desk.h"
#include "ui/maps/tensors_dialog.h"
#include "ui/session/session.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTreeWidget>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// Tensors of one block or of several on their way out of the window.
class TestTensorExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session.loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_session.openPaths({m_desk.picture(QStringLiteral("a.png"))});
        QTRY_COMPARE(m_session.state(), Session::State::Answered);
    }

    void severalBlocksGoIntoOneFile()
    {
        const QString file = m_desk.path(QStringLiteral("several.h5"));
        const std::vector<std::string> addresses{"stem/conv_2", "block35_2/residual", "block35_2/input",
                                                 "conv_7b/output"};
        QVERIFY(save({addresses, {.kind = TensorTarget::Kind::Hdf5, .path = file}}));
        const std::map<std::string, Tensor> written = test::readTensors(file.toStdString());
        QCOMPARE(written.size(), addresses.size());
        for (const std::string &address : addresses)
            QVERIFY2(std::ranges::equal(written.at(address).values(), shown(address)->values()),
                     address.c_str());

        const QJsonObject json = description(file + QStringLiteral(".json"));
        QCOMPARE(json["tensors"].toArray().size(), 4);
        QCOMPARE(json["image"]["name"].toString(), QStringLiteral("a.png"));
        QCOMPARE(json["image"]["sha256"].toString().size(), 64);
        QCOMPARE(json["model"]["sha256"].toString().size(), 64);
    }

    void aWholeBlockGoesIntoAFolder()
    {
        const QString folder = m_desk.path(QStringLiteral("block17_1"));
        const Description &network = m_session.model()->description;
        const std::vector<std::string> all = network.addresses(*network.findBlock("block17_1"));
        QVERIFY(save({all, {.kind = TensorTarget::Kind::Folder, .path = folder, .png = true}}));
        QCOMPARE(QDir(folder).entryList(QDir::Files).size(), 3 * qsizetype(all.size()));
        const QJsonObject json = description(folder + QStringLiteral("/block17_1_residual.json"));
        const auto values = shown("block17_1/residual")->values();
        QCOMPARE(json["tensors"][0]["minimum"].toDouble(), double(*std::ranges::min_element(values)));
        QVERIFY(!QImage(folder + QStringLiteral("/block17_1_residual.png")).isNull());
    }

    void stoppedItLeavesNothing_data()
    {
        QTest::addColumn<TensorTarget::Kind>("kind");
        QTest::newRow("file") << TensorTarget::Kind::Hdf5;
        QTest::newRow("folder") << TensorTarget::Kind::Folder;
    }

    void stoppedItLeavesNothing()
    {
        QFETCH(TensorTarget::Kind, kind);
        Worker worker;
        worker.loadModel(1, m_desk.path(QStringLiteral("small.h5")), {}, {});
        worker.analyse(2, PictureSource::fromFile(m_desk.path(QStringLiteral("a.png"))), {}, {});
        const int count = int(everything(m_session).size());
        for (const int last : {0, 1, count}) {
            std::stop_source stop;
            connect(&worker, &Worker::saveProgress, this, [&](quint64, int done, int all) {
                QCOMPARE(all, count);
                if (done == last)
                    stop.request_stop();
            });
            QSignalSpy stopped(&worker, &Worker::saveStopped);
            QSignalSpy saved(&worker, &Worker::saved);
            const QDir around = emptyFolder(QStringLiteral("stopped"));
            worker.saveTensors(3, {everything(m_session), {.kind = kind, .path = around.filePath("all")}},
                               stop.get_token());
            QCOMPARE(stopped.count(), 1);
            QCOMPARE(saved.count(), 0);
            QCOMPARE(around.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::Hidden), QStringList());
            worker.disconnect(this);
        }
    }

    void cancelStopsItSoon()
    {
        Session session;
        session.loadEmbeddedModel();
        session.openPaths({m_desk.path(QStringLiteral("a.png"))});
        QTRY_COMPARE(session.state(), Session::State::Answered);
        QTRY_VERIFY(session.blocks()->hasEnergies());
        const QDir around = emptyFolder(QStringLiteral("cancelled"));
        QSignalSpy saved(&session.exporter(), &Exporter::saved);
        QElapsedTimer sinceCancel;
        connect(&session, &Session::progressed, this, [&](int done, int) {
            if (done < 3 || sinceCancel.isValid())
                return;
            sinceCancel.start();
            session.cancel();
        });
        session.exporter().saveTensors(
            {everything(session),
             {.kind = TensorTarget::Kind::Folder, .path = around.filePath("all"), .png = true}});
        QVERIFY(session.isBusy() && session.exporter().isSaving());
        QTRY_VERIFY(!session.exporter().isSaving());
        QVERIFY2(sinceCancel.elapsed() < 200, qPrintable(QString::number(sinceCancel.elapsed())));
        QCOMPARE(saved.count(), 0);
        QCOMPARE(around.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::Hidden), QStringList());
        QCOMPARE(session.state(), Session::State::Answered);
        // What comes next is not stopped along with it.
        session.exporter().saveTensors(
            {{"stem/output"}, {.kind = TensorTarget::Kind::Npy, .path = around.filePath("one.npy")}});
        QTRY_COMPARE(saved.count(), 1);
    }

    void whatCannotBeWrittenIsSaid()
    {
        QSignalSpy problems(&m_session, &Session::problem);
        m_session.exporter().saveTensors(
            {{"stem/output"}, {.path = m_desk.path(QStringLiteral("none/a.h5"))}});
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(!m_session.exporter().isSaving());
        m_session.exporter().saveTensors({{"stem/nothing"}, {.path = m_desk.path(QStringLiteral("b.h5"))}});
        QTRY_COMPARE(problems.count(), 2);
        QVERIFY(problems[1][0].toString().contains(QStringLiteral("the tensors of stem are")));
        QVERIFY(!QFileInfo::exists(m_desk.path(QStringLiteral("b.h5"))));
    }

    void theModelsHashIsComputedOnce()
    {
        ModelSummary model;
        const auto written = [&](const QByteArray &content) {
            model.info.path = m_desk.file(QStringLiteral("hashed.h5"), content).toStdString();
            QFile file(model.path());
            if (!file.open(QIODevice::ReadWrite) ||
                !file.setFileTime(QDateTime::fromSecsSinceEpoch(1'000'000), QFile::FileModificationTime))
                throw std::runtime_error("The file's time cannot be set.");
            file.close();
            model.version = FileVersion::of(model.path());
            return provenanceOf({}, {}, model).modelHash;
        };
        const QString first = written("one");
        QCOMPARE(first.size(), 64);
        // Nothing tells this version from the one before.
        QCOMPARE(written("two"), first);
        QVERIFY(written("three") != first);
        QVERIFY(QFile::remove(model.path()));
        QCOMPARE(provenanceOf({}, {}, model).modelHash, QString());
    }

    void theDialogBeginsWithTheBlock()
    {
        const ModelSummary &model = *m_session.model();
        TensorsDialog dialog(model, QStringLiteral("block8_2"), nullptr);
        dialog.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(dialog.addresses(), model.description.addresses(*model.description.findBlock("block8_2")));

        auto *tree = dialog.findChild<QTreeWidget *>();
        QCOMPARE(tree->topLevelItemCount(), Desk::BlockCount + 1);
        tree->topLevelItem(0)->child(1)->setCheckState(0, Qt::Checked);
        QCOMPARE(dialog.addresses().front(), model.description.addresses(model.description.blocks[0])[1]);

        press(dialog, QStringLiteral("All outputs"));
        const std::vector<std::string> outputs = dialog.addresses();
        QCOMPARE(int(outputs.size()), Desk::BlockCount + 1);
        QCOMPARE(outputs.front(), std::string("stem/output"));
        QCOMPARE(outputs.back(), std::string("predictions/probabilities"));
        QVERIFY(button(dialog, QStringLiteral("A folder of .npy and .png…"))->isEnabled());
        press(dialog, QStringLiteral("None"));
        QVERIFY(dialog.addresses().empty());
        // The picture as the network gets it: 75 × 75 × 3 values of four bytes.
        tree->topLevelItem(0)->child(0)->setCheckState(0, Qt::Checked);
        QVERIFY(std::ranges::any_of(dialog.findChildren<QLabel *>(), [](const QLabel *label) {
            return label->text() == QStringLiteral("1 tensor, 67.5 kB");
        }));
        press(dialog, QStringLiteral("None"));
        QVERIFY(!button(dialog, QStringLiteral("A folder of .npy and .png…"))->isEnabled());
    }

private:
    QDir emptyFolder(const QString &name) const
    {
        QDir(m_desk.path({})).mkdir(name);
        return QDir(m_desk.path(name));
    }

    static std::vector<std::string> everything(const Session &session)
    {
        std::vector<std::string> all;
        const Description &network = session.model()->description;
        for (const Block &block : network.blocks)
            std::ranges::copy(network.addresses(block), std::back_inserter(all));
        return all;
    }

    /// Waits for it; false if it failed.
    bool save(const TensorExport &wanted)
    {
        QSignalSpy saved(&m_session.exporter(), &Exporter::saved);
        m_session.exporter().saveTensors(wanted);
        return QTest::qWaitFor([&] { return !m_session.exporter().isSaving(); }) && saved.count() == 1;
    }

    /// The tensor as the block's page has it.
    std::shared_ptr<const Tensor> shown(const std::string &address)
    {
        const QString wanted = QString::fromStdString(address);
        m_session.openBlock(wanted.section(u'/', 0, 0));
        const auto isThere = [&] {
            return m_session.maps() && m_session.maps()->block == m_session.openedBlock();
        };
        if (QTest::qWaitFor(isThere))
            for (const BlockMaps::Map &map : m_session.maps()->maps)
                if (map.address == wanted)
                    return map.tensor;
        throw std::runtime_error("There is no " + address);
    }

    static QJsonObject description(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object()
                                              : QJsonObject();
    }

    static QPushButton *button(const TensorsDialog &dialog, const QString &text)
    {
        for (QPushButton *each : dialog.findChildren<QPushButton *>())
            if (each->text() == text)
                return each;
        throw std::runtime_error("There is no such button.");
    }

    static void press(const TensorsDialog &dialog, const QString &text) { button(dialog, text)->click(); }

    Desk m_desk;
    Session m_session;
};

QTEST_MAIN(TestTensorExport)
#include "test_tensor_export.moc"
