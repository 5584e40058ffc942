// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report.h"
#include "tests/engine/weights/weight_checks.h"
#include "tests/support/keras_file_writer.h"

#include <QFile>
#include <QTemporaryDir>

#include <unistd.h>

using namespace reslens;
using namespace reslens::test;

namespace {

const Architecture narrow = Architecture::standard(0.1, 2, 2, 2, 7);

/// The process' standard error for as long as it lives.
class CapturedStandardError
{
public:
    explicit CapturedStandardError(const QString &path) : m_file(path), m_saved(dup(STDERR_FILENO))
    {
        if (m_file.open(QIODevice::ReadWrite | QIODevice::Truncate))
            dup2(m_file.handle(), STDERR_FILENO);
    }
    ~CapturedStandardError()
    {
        dup2(m_saved, STDERR_FILENO);
        close(m_saved);
    }
    QByteArray text()
    {
        m_file.seek(0);
        return m_file.readAll();
    }

private:
    QFile m_file;
    int m_saved;
};

} // namespace

class TestWeightErrors : public QObject
{
    Q_OBJECT

private slots:
    void rejectsWhatIsNoFile();
    void rejectsUnreadablePermissions();
    void rejectsOtherFiles_data();
    void rejectsOtherFiles();
    void rejectsTruncation();
    void rejectsTruncationInMemory();
    void rejectsALayerWithoutAName();
    void printsNothing();

private:
    std::string path(const char *name) const { return m_folder.filePath(name).toStdString(); }
    void store(const char *name, const QByteArray &bytes) const;
    QByteArray load(const char *name) const;

    QTemporaryDir m_folder;
};

void TestWeightErrors::store(const char *name, const QByteArray &bytes) const
{
    QFile file(m_folder.filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray TestWeightErrors::load(const char *name) const
{
    QFile file(m_folder.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestWeightErrors::rejectsWhatIsNoFile()
{
    verifyError(path("absent.h5"), ErrorKind::FileMissing, "no file|absent.h5");
    verifyError(m_folder.path().toStdString(), ErrorKind::FileUnreadable, "is a folder");
    verifyError(path("absent/model.h5"), ErrorKind::FileMissing, "model.h5");
    verifyError("", ErrorKind::FileMissing, "no file");
#ifdef Q_OS_LINUX
    verifyError("/dev/null", ErrorKind::FileUnreadable, "not a regular file");
#endif
}

void TestWeightErrors::rejectsUnreadablePermissions()
{
    if (geteuid() == 0)
        QSKIP("permissions do not bind root");
    store("secret.h5", "anything");
    QVERIFY(QFile::setPermissions(m_folder.filePath("secret.h5"), {}));
    verifyError(path("secret.h5"), ErrorKind::FileUnreadable, "secret.h5 cannot be opened");
}

void TestWeightErrors::rejectsOtherFiles_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("parts");

    QTest::newRow("empty") << QByteArray() << ErrorKind::Damaged << "other.h5 is empty";
    QTest::newRow("one byte") << QByteArray("\x89") << ErrorKind::NotAModel << "other.h5 is not an HDF5 file";
    QTest::newRow("text") << QByteArray("<html>404</html>").repeated(1000) << ErrorKind::NotAModel
                          << "other.h5 is not an HDF5 file";
    QTest::newRow("signature only") << QByteArray("\x89HDF\r\n\x1a\n", 8) << ErrorKind::Damaged << "other.h5";
    QTest::newRow("signature and zeros")
        << QByteArray("\x89HDF\r\n\x1a\n", 8) + QByteArray(5000, '\0') << ErrorKind::Damaged << "other.h5";
}

void TestWeightErrors::rejectsOtherFiles()
{
    QFETCH(QByteArray, bytes);
    QFETCH(ErrorKind, kind);
    QFETCH(QString, parts);

    store("other.h5", bytes);
    verifyError(path("other.h5"), kind, parts);
    const auto error = errorOf([&] { WeightFile::openMemory(bytesOf(bytes), "other.h5"); });
    QVERIFY(error);
    QVERIFY2(error->kind() == kind, error->what());
}

void TestWeightErrors::rejectsTruncation()
{
    writeKerasFile(path("whole.h5"), randomNetwork(narrow));
    const QByteArray whole = load("whole.h5");
    for (int tenth = 1; tenth < 10; ++tenth) {
        store("cut.h5", whole.first(whole.size() * tenth / 10));
        const std::string sizes =
            formatCount(whole.size() * tenth / 10) + " bytes, expected " + formatCount(whole.size());
        verifyError(path("cut.h5"), ErrorKind::Damaged,
                    "cut.h5 is cut short|" + QString::fromStdString(sizes));
    }
    for (const qsizetype size : {8, 9, 20, 50, 95, 96, 100, 1000}) {
        store("cut.h5", whole.first(size));
        verifyError(path("cut.h5"), ErrorKind::Damaged, "cut.h5");
    }
    store("cut.h5", whole.chopped(1));
    verifyError(path("cut.h5"), ErrorKind::Damaged, "cut.h5 is cut short");
}

void TestWeightErrors::rejectsTruncationInMemory()
{
    writeKerasFile(path("whole.h5"), randomNetwork(narrow), {.gzip = true});
    const QByteArray whole = load("whole.h5");
    for (int tenth = 1; tenth < 10; ++tenth) {
        const QByteArray part = whole.first(whole.size() * tenth / 10);
        const auto error = errorOf([&] { WeightFile::openMemory(bytesOf(part), "embedded"); });
        QVERIFY(error);
        QVERIFY2(error->kind() == ErrorKind::Damaged, error->what());
        QVERIFY2(QString(error->what()).contains("embedded is cut short"), error->what());
    }
}

void TestWeightErrors::rejectsALayerWithoutAName()
{
    writeKerasFile(path("whole.h5"), randomNetwork(narrow));
    const QByteArray whole = load("whole.h5");
    // The name stands in the list of the layers, and in that of the groups.
    const QByteArray name("conv2d_3\0", 9);
    int found = 0;
    for (qsizetype place = whole.indexOf(name); place >= 0; place = whole.indexOf(name, place + 1)) {
        QByteArray damaged = whole;
        damaged[place] = '\0';
        store("damaged.h5", damaged);
        const auto error = errorOf([&] { readAll(path("damaged.h5")); });
        QVERIFY(error);
        found += QString(error->what())
                     .contains("damaged.h5 is damaged: a layer or weight that it lists has no name");
    }
    QCOMPARE(found, 1);
}

void TestWeightErrors::printsNothing()
{
    writeKerasFile(path("whole.h5"), randomNetwork(narrow));
    store("cut.h5", load("whole.h5").chopped(100));
    CapturedStandardError captured(m_folder.filePath("stderr.txt"));
    QVERIFY(errorOf([&] { readAll(path("cut.h5")); }));
    removeLink(path("whole.h5"), "conv2d_3");
    QVERIFY(errorOf([&] { readAll(path("whole.h5")); }));
    QCOMPARE(captured.text(), QByteArray());
}

QTEST_APPLESS_MAIN(TestWeightErrors)
#include "test_weight_errors.moc"
