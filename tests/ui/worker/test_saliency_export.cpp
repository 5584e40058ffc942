// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/session/session.h"
#include "ui/worker/saliency_export.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QtTest>

#include <cstring>

using namespace reslens;
using test::Desk;

/// The map over the photo on its way out of the window.
class TestSaliencyExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        m_session.loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_session.openPaths({m_desk.picture(QStringLiteral("a photo.png"), {300, 200})});
        QTRY_COMPARE(m_session.state(), Session::State::Answered);
        m_session.explainer().chooseMethod(SaliencyMethod::DirectWithClassMap);
        m_session.explainer().chooseSubject({1, 2});
        QTRY_VERIFY(m_session.explainer().explanation() && !m_session.explainer().isRunning());
    }

    void aPictureHasThePhotosSize()
    {
        const QString file = m_desk.path(QStringLiteral("map.png"));
        QVERIFY(save(file));
        const QImage picture(file);
        QCOMPARE(picture.size(), QSize(300, 200));
        QCOMPARE(picture.text(QStringLiteral("method")), QStringLiteral("direct-with-cam"));
        QCOMPARE(picture.text(QStringLiteral("class")), QStringLiteral("bee"));
        QCOMPARE(picture.text(QStringLiteral("versus")), QStringLiteral("sea_lion"));
        QCOMPARE(picture.text(QStringLiteral("model")), QStringLiteral("small.h5"));
        // The map is over it, and without opacity the photo is as it was.
        const QImage photo = m_session.photo()->levels.front();
        QVERIFY(picture.convertToFormat(photo.format()) != photo);
        SaliencyExport clear = wanted(file);
        clear.opacity = 0;
        QCOMPARE(paintSaliency(clear).convertToFormat(photo.format()), photo);
    }

    void aCaptionStandsBelowThePicture()
    {
        const QImage plain = paintSaliency(wanted({}));
        SaliencyExport captioned = wanted({});
        captioned.captioned = true;
        const QImage picture = paintSaliency(captioned);
        // Wider than the picture, which is in the middle.
        QCOMPARE(picture.width(), 480);
        for (const QPoint &at : {QPoint(0, 0), QPoint(150, 100), QPoint(299, 199)})
            QCOMPARE(picture.pixelColor(at + QPoint(90, 0)), plain.pixelColor(at));
        const QImage below = picture.copy(0, 200, 480, picture.height() - 200);
        QVERIFY(below.height() > 20);
        // Words on white, and the scale's own colours.
        int dark = 0;
        int coloured = 0;
        for (int y = 0; y < below.height(); ++y)
            for (int x = 0; x < below.width(); ++x) {
                const QColor colour = below.pixelColor(x, y);
                dark += colour.lightness() < 60 && colour.hsvSaturation() < 20 ? 1 : 0;
                coloured += colour.hsvSaturation() > 100 ? 1 : 0;
            }
        QVERIFY(dark > 100);
        QVERIFY(coloured > 100);
    }

    void aCropIsMappedToItsPlace()
    {
        SaliencyExport cropped = wanted({});
        auto photo = std::make_shared<Photo>(*cropped.photo);
        photo->seenArea = QRectF(100, 50, 100, 100);
        cropped.photo = photo;
        cropped.opacity = 1;
        const QImage picture = paintSaliency(cropped);
        const QImage &plain = photo->levels.front();
        const auto differs = [&](const QRect &part) { return picture.copy(part) != plain.copy(part); };
        QVERIFY(differs({100, 50, 100, 100}));
        QVERIFY(!differs({0, 0, 98, 200}));
        QVERIFY(!differs({202, 0, 98, 200}));
    }

    void valuesAreTheMaps()
    {
        const QString file = m_desk.path(QStringLiteral("map.npy"));
        QVERIFY(save(file));
        QFile written(file);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray bytes = written.readAll();
        const std::span<const float> values = m_session.explainer().explanation()->result.map.values();
        const qsizetype size = qsizetype(values.size_bytes());
        QVERIFY(bytes.startsWith("\x93NUMPY"));
        QCOMPARE(std::memcmp(bytes.constData() + bytes.size() - size, values.data(), std::size_t(size)), 0);
    }

    void theDescriptionSaysAll()
    {
        const QString file = m_desk.path(QStringLiteral("described.npy"));
        QVERIFY(save(file));
        QFile written(file + QStringLiteral(".json"));
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QJsonObject json = QJsonDocument::fromJson(written.readAll()).object();
        QCOMPARE(json["file"].toString(), QStringLiteral("described.npy"));
        QCOMPARE(json["method"].toString(), QStringLiteral("direct-with-cam"));
        QCOMPARE(json["class"]["class"].toInt(), 1);
        QCOMPARE(json["versus"]["name"].toString(), QStringLiteral("sea_lion"));
        QCOMPARE(json["image"]["sha256"].toString().size(), 64);
        QCOMPARE(json["model"]["sha256"].toString().size(), 64);
        QCOMPARE(json["blocks"].toArray().size(), 6);
        QCOMPARE(json["logit"].toDouble(), m_session.explainer().explanation()->result.logit);
    }

    void namesAreFitForFiles()
    {
        QCOMPARE(fileNameFor(wanted({})), QStringLiteral("a-photo_direct-with-cam_bee-and-not-sea-lion"));
    }

    void whatCannotBeWrittenIsReported()
    {
        QSignalSpy problems(&m_session, &Session::problem);
        m_session.exporter().saveSaliency(wanted(m_desk.path(QStringLiteral("map.gif"))));
        QTRY_COMPARE(problems.count(), 1);
        QVERIFY(problems[0][0].toString().contains(QStringLiteral(".png or .npy")));
        m_session.exporter().saveSaliency(wanted(m_desk.path(QStringLiteral("absent/map.png"))));
        QTRY_COMPARE(problems.count(), 2);
    }

private:
    SaliencyExport wanted(const QString &file)
    {
        return {m_session.explainer().explanation(), m_session.photo(), m_session.model(), 0.5, file, false};
    }

    bool save(const QString &file)
    {
        QSignalSpy saved(&m_session.exporter(), &Exporter::saved);
        m_session.exporter().saveSaliency(wanted(file));
        return saved.wait();
    }

    Desk m_desk;
    Session m_session;
};

QTEST_MAIN(TestSaliencyExport)
#include "test_saliency_export.moc"
