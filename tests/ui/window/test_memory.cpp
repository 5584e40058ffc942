// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/measures.h"
#include "tests/ui/desk.h"
#include "ui/window/main_window.h"

#include <QtTest>

using namespace reslens;

class TestMemory : public QObject
{
    Q_OBJECT

private slots:
    void aThousandPicturesLeaveNothingBehind()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("A sanitizer keeps freed memory.");
#endif
        const test::Desk desk;
        QDir(desk.path({})).mkdir(QStringLiteral("album"));
        constexpr int Count = 1000;
        for (int i = 0; i < Count; ++i)
            desk.picture(QStringLiteral("album/%1.png").arg(i), {200 + i % 7, 160}, i);
        MainWindow window;
        window.resize(1024, 700);
        window.show();
        window.loadModel(desk.model(QStringLiteral("small.h5")));
        window.openPaths({desk.path(QStringLiteral("album"))});

        double early = 0;
        for (int i = 0; i < Count; ++i) {
            QTRY_COMPARE(window.session().currentRow(), i);
            QTRY_COMPARE_WITH_TIMEOUT(window.session().state(), Session::State::Answered, 20'000);
            if (i == 9)
                early = residentMegabytes();
            QTest::keyClick(&window, Qt::Key_Right);
        }
        const double late = residentMegabytes();
        qInfo("resident memory: %.1f MB after ten pictures, %.1f MB after a thousand", early, late);
        QVERIFY(early > 0);
        // The filmstrip's thumbnails fill up on the way, and no further.
        const double thumbnails = 3e-6 * FilmstripModel::ThumbnailsKept *
                                  FilmstripModel::ThumbnailSize.width() *
                                  FilmstripModel::ThumbnailSize.height();
        QVERIFY2(late <= 1.05 * early + thumbnails, qPrintable(QString::number(late / early)));
    }
};

QTEST_MAIN(TestMemory)
#include "test_memory.moc"
