// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "tests/ui/picture/sample_files.h"
#include "tests/ui/picture/tiff_of.h"
#include "ui/picture/picture.h"
#include "ui/picture/picture_files.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <fstream>
#include <functional>
#include <random>

#include <sys/resource.h>
#include <unistd.h>

using namespace reslens;

namespace {

struct Refusal
{
    ErrorKind kind = ErrorKind::Cancelled;
    QString sentence;
};

/// What the call throws; an empty sentence if it throws nothing.
Refusal refusalOf(const std::function<void()> &call)
{
    try {
        call();
    } catch (const Error &error) {
        return {error.kind(), QString::fromUtf8(error.what())};
    }
    return {};
}

Refusal refusalOf(const QByteArray &data, const QString &name = QStringLiteral("photo.jpg"))
{
    return refusalOf([&] { readPicture(data, name); });
}

/// Everything that the process prints to standard error while this lives, libraries included.
class StandardErrorCapture
{
public:
    StandardErrorCapture()
    {
        if (m_file.open()) {
            m_saved = dup(STDERR_FILENO);
            dup2(m_file.handle(), STDERR_FILENO);
        }
    }
    ~StandardErrorCapture() { restore(); }

    QByteArray text()
    {
        restore();
        m_file.seek(0);
        return m_file.readAll();
    }

private:
    void restore()
    {
        if (m_saved < 0)
            return;
        dup2(m_saved, STDERR_FILENO);
        close(m_saved);
        m_saved = -1;
    }

    QTemporaryFile m_file;
    int m_saved = -1;
};

/// Address space for so many more bytes than are taken now.
class MemoryLimit
{
public:
    explicit MemoryLimit(rlim_t more)
    {
        getrlimit(RLIMIT_AS, &m_before);
        rlim_t pages = 0;
        std::ifstream("/proc/self/statm") >> pages;
        rlimit limit = m_before;
        limit.rlim_cur = pages * rlim_t(sysconf(_SC_PAGESIZE)) + more;
        setrlimit(RLIMIT_AS, &limit);
    }
    ~MemoryLimit() { setrlimit(RLIMIT_AS, &m_before); }
    MemoryLimit(const MemoryLimit &) = delete;
    MemoryLimit &operator=(const MemoryLimit &) = delete;

private:
    rlimit m_before{};
};

void printMessage(QtMsgType, const QMessageLogContext &context, const QString &message)
{
    std::fprintf(stderr, "%s: %s\n", context.category, qPrintable(message));
}

} // namespace

class TestBadPictures : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const QImage texture = makeTexture(96, 64);
        m_whole = {
            {"jpeg", encode(texture, "jpeg", 90)},
            {"jpeg", encode(texture, "jpeg", 90, true)},
            {"png", encode(texture, "png")},
            {"png", encode(texture.convertToFormat(QImage::Format_Indexed8), "png")},
            {"webp", encode(texture, "webp", 80)},
            {"webp", encode(texture, "webp", 100)},
            {"tiff", encode(texture, "tiff")},
            {"bmp", encode(texture, "bmp")},
            {"bmp", encode(texture.convertToFormat(QImage::Format_Indexed8), "bmp")},
            {"ppm", encode(texture, "ppm")},
        };
        QFile gif(RESLENS_TEST_DATA "/pictures/animation.gif");
        QVERIFY(gif.open(QIODevice::ReadOnly));
        m_whole.append({"gif", gif.readAll()});
        for (const auto &[format, data] : std::as_const(m_whole))
            QVERIFY2(refusalOf(data).sentence.isEmpty(), format);
    }

    void aTileFarLargerThanItsPictureTakesNoMemory()
    {
        const QByteArray data = tiffOf({1, 2, 3}, {.tile = 16384});
        const MemoryLimit limit(256 << 20);
        const Refusal refusal = refusalOf(data);
        QCOMPARE(refusal.kind, ErrorKind::Damaged);
        QVERIFY(refusal.sentence.contains("TIFF"));
    }

    void otherKindsOfTiffAreNoDamage()
    {
        const Refusal refusal = refusalOf(tiffOf({1, 2, 3}, {.bits = 12}));
        QCOMPARE(refusal.kind, ErrorKind::Unsupported);
        QVERIFY2(refusal.sentence.contains("12-bit"), qPrintable(refusal.sentence));
    }

    void missingFile()
    {
        const Refusal refusal = refusalOf([&] { readPicture(path("no such.jpg")); });
        QCOMPARE(refusal.kind, ErrorKind::FileMissing);
        QVERIFY(refusal.sentence.contains(path("no such.jpg")));
    }

    void folder()
    {
        const Refusal refusal = refusalOf([&] { readPicture(m_folder.path()); });
        QCOMPARE(refusal.kind, ErrorKind::NotAnImage);
        QVERIFY(refusal.sentence.contains("is a folder"));
    }

    void device()
    {
        const Refusal refusal = refusalOf([] { readPicture("/dev/zero"); });
        QCOMPARE(refusal.kind, ErrorKind::FileUnreadable);
        QVERIFY(refusal.sentence.contains("regular file"));
    }

    void emptyFile()
    {
        const Refusal refusal = refusalOf([&] { readPicture(write("empty.png", {})); });
        QCOMPARE(refusal.kind, ErrorKind::Damaged);
        QVERIFY(refusal.sentence.contains("empty.png"));
        QVERIFY(refusal.sentence.contains("empty (0 bytes)"));
    }

    void forbiddenFile()
    {
        if (geteuid() == 0)
            QSKIP("root may read everything");
        const QString file = write("forbidden.png", encode(makeQuarters(), "png"));
        QVERIFY(QFile::setPermissions(file, QFile::WriteOwner));
        const Refusal refusal = refusalOf([&] { readPicture(file); });
        QCOMPARE(refusal.kind, ErrorKind::FileUnreadable);
        QVERIFY(refusal.sentence.contains("forbidden.png"));
    }

    void notAPicture_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::newRow("text") << QByteArray("A picture is worth a thousand words.\n").repeated(30);
        QTest::newRow("web page") << QByteArray("<!DOCTYPE html><html><body>404 Not Found</body></html>");
        QTest::newRow("zeros") << QByteArray(4096, '\0');
        QTest::newRow("one byte") << QByteArray("x");
        QTest::newRow("weights") << QByteArray("\x89HDF\r\n\x1A\n", 8) + QByteArray(100, '\1');
    }

    void notAPicture()
    {
        QFETCH(QByteArray, data);
        const Refusal refusal = refusalOf(data);
        QCOMPARE(refusal.kind, ErrorKind::NotAnImage);
        QVERIFY(refusal.sentence.contains("photo.jpg is not a picture"));
    }

    void contentDecidesNotTheSuffix()
    {
        const QString file = write("really a png.jpg", encode(makeQuarters(), "png"));
        QCOMPARE(readPicture(file).format, QString("PNG"));
    }

    void cutAnywhere()
    {
        for (const auto &[format, data] : std::as_const(m_whole)) {
            // Files end in bytes that nobody needs: the other frames and the trailer of a GIF.
            const qsizetype end = format == "gif" ? data.size() / 2 : data.size();
            const qsizetype step = std::max<qsizetype>(1, end / 150);
            for (qsizetype length = 1; length<end; length += end - length> 20 ? step : 1) {
                const Refusal refusal = refusalOf(data.left(length));
                const QString where = QStringLiteral("%1 after %2 of %3 bytes: %4")
                                          .arg(QLatin1String(format))
                                          .arg(length)
                                          .arg(data.size())
                                          .arg(refusal.sentence);
                QVERIFY2(refusal.kind == ErrorKind::Damaged ||
                             (length < 16 && refusal.kind == ErrorKind::NotAnImage),
                         qPrintable(where));
                if (length > 60 && format != "ppm")
                    QVERIFY2(refusal.sentence.contains("cut short"), qPrintable(where));
            }
        }
    }

    void wrongChecksum()
    {
        QByteArray png = encode(makeTexture(64, 64), "png");
        png[png.size() / 2] = char(png[png.size() / 2] ^ 1);
        const Refusal refusal = refusalOf(png);
        QCOMPARE(refusal.kind, ErrorKind::Damaged);
        QVERIFY(refusal.sentence.contains("checksum"));
    }

    void jpegWithAHole()
    {
        const QByteArray whole = encode(makeTexture(256, 256), "jpeg", 90);
        QVERIFY(refusalOf(whole).sentence.isEmpty());
        const qsizetype third = whole.size() / 3;
        QByteArray zeros = whole;
        zeros.replace(third, third, QByteArray(third, '\0'));
        for (const QByteArray &jpeg :
             {whole.left(third) + whole.mid(2 * third), whole.left(third) + QByteArray("\xFF\xD9"), zeros}) {
            const Refusal refusal = refusalOf(jpeg);
            QCOMPARE(refusal.kind, ErrorKind::Damaged);
            QVERIFY2(refusal.sentence.contains("is damaged: its JPEG data"), qPrintable(refusal.sentence));
        }
    }

    void jpegWithHarmlessOddities()
    {
        QByteArray jpeg = encode(makeTexture(64, 64), "jpeg", 90);
        QVERIFY(refusalOf(jpeg.chopped(2) + QByteArray(9, '\0') + jpeg.right(2)).sentence.isEmpty());
        jpeg[11] = 9; // a later version of JFIF
        QVERIFY(refusalOf(jpeg).sentence.isEmpty());
    }

    void jpegThatClaimsMoreThanItHas()
    {
        QByteArray jpeg = encode(makeTexture(64, 64), "jpeg", 90);
        const qsizetype frame = jpeg.indexOf("\xFF\xC0");
        jpeg.replace(frame + 5, 4, bigEndian(quint16(15900)) + bigEndian(quint16(15900)));
        QCOMPARE(refusalOf(jpeg).kind, ErrorKind::Damaged);
    }

    void zeroedTailOfAGif()
    {
        QByteArray gif = m_whole.last().second;
        QCOMPARE(m_whole.last().first, QByteArray("gif"));
        gif.replace(gif.size() / 4, gif.size(), QByteArray(gif.size() - gif.size() / 4, '\0'));
        QVERIFY(refusalOf(gif).sentence.contains("cut short"));
    }

    void hugeClaimsOfOtherFormats()
    {
        const QString claim = QStringLiteral("claims 60,000 × 60,000 pixels");
        QVERIFY(refusalOf(QByteArray("P6\n# large\n60000 60000\n255\n")).sentence.contains(claim));
        QVERIFY(refusalOf("GIF89a" + QByteArray("\x60\xEA\x60\xEA\0\0\0;", 8)).sentence.contains(claim));
    }

    void hugeClaims_data()
    {
        QTest::addColumn<quint32>("width");
        QTest::addColumn<quint32>("height");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("reason");
        QTest::newRow("square") << 60000U << 60000U << ErrorKind::Unsupported
                                << "claims 60,000 × 60,000 pixels; the limit is 256 megapixels";
        QTest::newRow("just above") << 16001U << 16000U << ErrorKind::Unsupported << "16,001 × 16,000";
        QTest::newRow("largest") << 0xFFFFFFFFU << 0xFFFFFFFFU << ErrorKind::Unsupported << "limit is";
        QTest::newRow("wide") << 2000000U << 1U << ErrorKind::Unsupported
                              << "the limit for a side is 1,000,000";
        QTest::newRow("nothing") << 0U << 5U << ErrorKind::Damaged << "has no pixels (0 × 5)";
    }

    void hugeClaims()
    {
        QFETCH(quint32, width);
        QFETCH(quint32, height);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, reason);
        StandardErrorCapture capture;
        const Refusal refusal = refusalOf(pngClaiming(width, height), "bomb.png");
        QCOMPARE(capture.text(), QByteArray());
        QCOMPARE(refusal.kind, kind);
        QVERIFY2(refusal.sentence.contains("bomb.png"), qPrintable(refusal.sentence));
        QVERIFY2(refusal.sentence.contains(reason), qPrintable(refusal.sentence));
    }

    void hugeBitmapClaim()
    {
        QByteArray bmp = encode(makeTexture(8, 8), "bmp");
        bmp.replace(18, 8, QByteArray("\xFF\xFF\xFF\x7F\xFF\xFF\xFF\x7F", 8));
        QCOMPARE(refusalOf(bmp).kind, ErrorKind::Damaged);
    }

    void claimWithoutPixels()
    {
        const Refusal refusal = refusalOf(pngClaiming(1000, 1000));
        QCOMPARE(refusal.kind, ErrorKind::Damaged);
    }

    void nothingToPaste()
    {
        QCOMPARE(refusalOf([] { pictureFromImage({}, "Clipboard"); }).kind, ErrorKind::NotAnImage);
    }

    void randomDamageIsSurvivedInSilence()
    {
        // Not PNG: libpng prints when a wrong checksum is forged; see wrongChecksum() for the usual damage.
        StandardErrorCapture capture;
        const auto previous = qInstallMessageHandler(printMessage);
        std::mt19937 random(1889);
        int refused = 0;
        qint64 slowest = 0;
        for (const auto &[format, data] : std::as_const(m_whole)) {
            for (int run = 0; run < 60; ++run) {
                QByteArray damaged = data;
                for (int edit = 0; edit < 4; ++edit)
                    damaged[qsizetype(random() % std::size_t(run % 2 ? damaged.size() : 80))] =
                        char(random());
                QElapsedTimer timer;
                timer.start();
                refused += !refusalOf(damaged).sentence.isEmpty();
                slowest = std::max(slowest, timer.elapsed());
            }
        }
        qInstallMessageHandler(previous);
        QCOMPARE(capture.text(), QByteArray());
        QVERIFY(refused > 0);
        QVERIFY2(slowest < 5000, qPrintable(QString::number(slowest)));
    }

    void folderBecomesItsPicturesInNaturalOrder()
    {
        QTemporaryDir folder;
        for (const char *name : {"b10.png", "b9.PNG", "a.jpg", ".hidden.png", "notes.txt"})
            QVERIFY(QFile(folder.filePath(name)).open(QIODevice::WriteOnly));
        QVERIFY(QDir(folder.path()).mkdir("deeper.png"));
        const QStringList files = picturesIn({"first.bin", folder.path(), "no such.png"});
        QCOMPARE(files, (QStringList{"first.bin", folder.filePath("a.jpg"), folder.filePath("b9.PNG"),
                                     folder.filePath("b10.png"), "no such.png"}));
    }

    void folderWithoutPictures()
    {
        QTemporaryDir folder;
        QVERIFY(QFile(folder.filePath("notes.txt")).open(QIODevice::WriteOnly));
        const Refusal refusal = refusalOf([&] { picturesIn({folder.path()}); });
        QCOMPARE(refusal.kind, ErrorKind::NotAnImage);
        QVERIFY(refusal.sentence.contains(folder.path()));
        QVERIFY(refusal.sentence.contains("contains no pictures"));
    }

    void suffixesCoverThePromisedFormats()
    {
        const QStringList suffixes = pictureSuffixes();
        for (const char *suffix : {"bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp"})
            QVERIFY2(suffixes.contains(suffix), suffix);
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString write(const QString &name, const QByteArray &data) const
    {
        QFile file(path(name));
        return file.open(QIODevice::WriteOnly) && file.write(data) == data.size() ? path(name) : QString();
    }

    QTemporaryDir m_folder;
    QList<std::pair<QByteArray, QByteArray>> m_whole;
};

QTEST_MAIN(TestBadPictures)
#include "test_bad_pictures.moc"
