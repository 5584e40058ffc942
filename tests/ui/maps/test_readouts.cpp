// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"
#include "tests/ui/desk.h"
#include "ui/compare/compare_page.h"
#include "ui/compare/compared_view.h"
#include "ui/maps/block_page.h"
#include "ui/maps/channel_exports.h"
#include "ui/maps/channel_page.h"
#include "ui/maps/channel_view.h"
#include "ui/maps/profile.h"
#include "ui/widgets/pages.h"
#include "ui/window/main_window.h"

#include <QComboBox>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QtTest>
#include <cmath>
#include <cstring>
#include <numeric>

using namespace reslens;
using test::Desk;

namespace {

QString golden(const char *file)
{
    return QStringLiteral(RESLENS_TEST_DATA "/golden/") + QLatin1String(file);
}

/// "block17_1/sum/ch3@(1,2) = 0.25": 0.25
float valueIn(const QString &readout)
{
    return readout.section(u'=', -1).trimmed().toFloat();
}

} // namespace

/// One number, wherever it is read: on screen, in what is saved, in the table behind the chart, and in the
/// reference that PyTorch made.
class TestReadouts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_reference = test::readGolden(golden("plain.reference.h5").toStdString());
        m_model = m_desk.path(QStringLiteral("plain.h5"));
        const Shape &shape = m_reference.input.shape();
        test::copyWithInputSize(golden("plain.h5").toStdString(), m_model.toStdString(), shape.height);
        // As large as the network's input, so that it goes in pixel for pixel.
        QImage image(shape.width, shape.height, QImage::Format_RGB32);
        const auto level = [&](int y, int x, int channel) {
            return int(std::lround((double(m_reference.input.at(y, x, channel)) + 1) * 127.5));
        };
        for (int y = 0; y < shape.height; ++y)
            for (int x = 0; x < shape.width; ++x)
                image.setPixel(x, y, qRgb(level(y, x, 0), level(y, x, 1), level(y, x, 2)));
        QVERIFY(image.save(m_desk.path(QStringLiteral("golden.png"))));
    }

    void init()
    {
        QSettings().clear();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1280, 832);
        m_window->show();
        m_window->loadModel(m_model);
        m_window->openPaths({m_desk.path(QStringLiteral("golden.png"))});
        QTRY_COMPARE(session().state(), Session::State::Answered);
        m_page = m_window->findChild<BlockPage *>();
    }

    void cleanup() { m_window.reset(); }

    void allAgree_data()
    {
        mapsOfAllKinds();
        QTest::newRow("logits") << QStringLiteral("predictions/logits");
    }
    void allAgree()
    {
        QFETCH(QString, address);
        const auto [channel, unit] = unitOf(address);
        m_window->openAddress({address.section(u'/', 0, 0), address.section(u'/', 1), channel});
        const auto story = [&] { return session().unitExplainer().story(); };
        QTRY_VERIFY(session().maps() && (m_page->findChild<ChannelPage *>()->isVisible() || story()));
        if (session().maps() && !m_page->findChild<ChannelPage *>()->isVisible()) {
            // Of a single value there is no map: it is told how it came to be.
            QCOMPARE(reference(address).shape().positions(), std::size_t(1));
            QCOMPARE(saved(channel, unit), story()->activation);
            verifyAgainstReference(address, channel, unit, story()->activation);
            return;
        }

        QSignalSpy pointed(m_page, &BlockPage::pointed);
        ChannelView *view = m_page->findChild<ChannelPage *>()->view();
        view->pick(std::nullopt);
        view->pick(unit);
        const QString readout = pointed.last()[0].toString();
        QVERIFY(readout.startsWith(
            QStringLiteral("%1/ch%2@(%3,%4) = ").arg(address).arg(channel).arg(unit.y()).arg(unit.x())));
        const float shown = valueIn(readout);
        verifyAgainstReference(address, channel, unit, shown);

        QCOMPARE(saved(channel, unit), shown);
        const QStringList line =
            m_page->findChild<Profile *>()->table().text(u',').split(u'\n')[1 + unit.x()].split(u',');
        QCOMPARE(line[0].toInt(), unit.x());
        QCOMPARE(line[1].toFloat(), shown);
    }

    void comparedValuesAgree_data() { mapsOfAllKinds(); }
    void comparedValuesAgree()
    {
        QFETCH(QString, address);
        const auto [channel, unit] = unitOf(address);
        auto *page = m_window->findChild<ComparePage *>();
        m_window->pages().turnTo(QStringLiteral("compare"));
        page->showBlock(address.section(u'/', 0, 0));
        const auto comparison = [&] { return session().comparer().comparison(); };
        QTRY_VERIFY(comparison() && comparison()->request.block == address.section(u'/', 0, 0));
        QComboBox *tensor = comboNamed(*page, QStringLiteral("Tensor"));
        tensor->setCurrentIndex(tensor->findText(address.section(u'/', 1)));
        emit tensor->activated(tensor->currentIndex());
        page->findChild<QSpinBox *>()->setValue(channel);

        QSignalSpy pointed(page, &ComparePage::pointed);
        page->view(0)->view()->pick(std::nullopt);
        page->view(0)->view()->pick(unit);
        const float a = valueIn(page->view(0)->readout());
        const float b = valueIn(page->view(1)->readout());
        verifyAgainstReference(address, channel, unit, a);
        QVERIFY(page->view(0)->readout().startsWith(address));
        QVERIFY(pointed.last()[0].toString().startsWith(page->view(0)->readout()));
        QCOMPARE(valueIn(page->view(2)->readout()), a - b);
    }

private:
    static void mapsOfAllKinds()
    {
        QTest::addColumn<QString>("address");
        for (const char *address :
             {"stem/conv_3", "stem/pool_2", "mixed_5b/branch_3", "block35_1/input",
              "block35_1/branch_2_conv_1", "block35_1/mixed", "block17_1/residual", "block17_1/sum",
              "block17_1/output", "mixed_7a/output", "block8_1/output", "conv_7b/output"})
            QTest::newRow(address) << QString::fromLatin1(address);
    }

    Session &session() { return m_window->session(); }

    const Tensor &reference(const QString &address) const
    {
        return m_reference.tensors.at(address.toStdString());
    }

    /// A channel and a position off the middle.
    std::pair<int, QPoint> unitOf(const QString &address) const
    {
        const Shape &shape = reference(address).shape();
        return {2 * shape.channels / 3, {shape.width / 3, shape.height / 2}};
    }

    void verifyAgainstReference(const QString &address, int channel, QPoint unit, float value) const
    {
        const Tensor &expected = reference(address);
        float extent = 0;
        for (const float each : expected.values())
            extent = std::max(extent, std::abs(each));
        QVERIFY(std::abs(value - expected.at(unit.y(), unit.x(), channel)) <= 1e-4F * extent);
    }

    /// The value at that index of the whole tensor's .npy file.
    float saved(int channel, QPoint unit)
    {
        MapExport wanted = *m_page->findChild<ChannelExports *>()->exported(ExportMenu::Form::Values);
        wanted.channels.resize(wanted.map().channels.size());
        std::iota(wanted.channels.begin(), wanted.channels.end(), 0);
        wanted.file = m_desk.path(QStringLiteral("values.npy"));
        QSignalSpy done(&session().exporter(), &Exporter::saved);
        session().exporter().saveChannels(wanted);
        if (!QTest::qWaitFor([&] { return done.count() > 0; }))
            throw std::runtime_error("Nothing was saved.");
        QFile file(wanted.file);
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("The file cannot be read.");
        const QByteArray bytes = file.readAll();
        const Shape &shape = wanted.map().tensor->shape();
        const qsizetype start = bytes.size() - qsizetype(shape.count() * sizeof(float));
        const qsizetype index = (qsizetype(unit.y()) * shape.width + unit.x()) * shape.channels + channel;
        float value = 0;
        std::memcpy(&value, bytes.constData() + start + index * qsizetype(sizeof value), sizeof value);
        return value;
    }

    static QComboBox *comboNamed(const QWidget &page, const QString &name)
    {
        for (QComboBox *combo : page.findChildren<QComboBox *>())
            if (combo->accessibleName() == name)
                return combo;
        throw std::runtime_error("There is no such choice.");
    }

    Desk m_desk;
    test::Golden m_reference;
    QString m_model;
    std::unique_ptr<MainWindow> m_window;
    BlockPage *m_page = nullptr;
};

QTEST_MAIN(TestReadouts)
#include "test_readouts.moc"
