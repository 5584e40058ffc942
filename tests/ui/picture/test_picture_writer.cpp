// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/picture_writer.h"

#include "engine/error.h"

#include <QImage>
#include <QtTest>

using namespace reslens;

class PictureWriterTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    static Image gradient(int width, int height)
    {
        Image image;
        image.width = width;
        image.height = height;
        for (int i = 0; i < width * height * 3; ++i)
            image.pixels.push_back(std::uint8_t(i * 7));
        return image;
    }

private slots:
    void pixelsAndTextsComeBack()
    {
        // A width whose rows end at no multiple of four bytes.
        const Image image = gradient(13, 5);
        const QString path = m_folder.filePath("a.png");
        writePng(path, image, {{"tensor", "stem/output"}});
        const QImage read(path);
        QCOMPARE(read.size(), QSize(13, 5));
        QCOMPARE(read.text("tensor"), QString("stem/output"));
        for (int y = 0; y < 5; ++y) {
            for (int x = 0; x < 13; ++x) {
                const std::uint8_t *pixel = image.row(y) + x * 3;
                QCOMPARE(read.pixel(x, y), qRgb(pixel[0], pixel[1], pixel[2]));
            }
        }
    }

    void stoppedItLeavesNothing()
    {
        std::stop_source stop;
        stop.request_stop();
        const QString path = m_folder.filePath("stopped.png");
        try {
            writePng(path, gradient(300, 300), {}, stop.get_token());
            QFAIL("It went on.");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Cancelled);
        }
        QVERIFY(!QFileInfo::exists(path));
    }

    void anAbsentFolderIsRefused()
    {
        QVERIFY_EXCEPTION_THROWN(writePng(m_folder.filePath("absent/a.png"), gradient(2, 2)), Error);
    }
};

QTEST_GUILESS_MAIN(PictureWriterTest)
#include "test_picture_writer.moc"
