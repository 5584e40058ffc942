// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/export/atomic_folder.h"
#include "tests/engine/export/written_folder.h"

#include <QtTest>

using namespace reslens;
namespace fs = std::filesystem;

class AtomicFolderTest : public QObject, private test::WrittenFolder
{
    Q_OBJECT

private slots:
    void init() { clear(); }

    void makesAndAddsTo_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("name") << "a";
        QTest::newRow("slash") << "a/";
    }

    void makesAndAddsTo()
    {
        QFETCH(QString, target);
        for (const char *name : {"1", "2"})
            writeFolderAtomically(path(qPrintable(target)), [&](const fs::path &part) {
                put(part / name, "text");
                QVERIFY(!fs::exists(path("a") / name));
            });
        QCOMPARE(entries(), QStringList{"a"});
        QCOMPARE(get(path("a") / "1"), std::string("text"));
        QCOMPARE(get(path("a") / "2"), std::string("text"));
    }

    void aFailureLeavesEverythingAsItWas()
    {
        fs::create_directory(path("a"));
        put(path("a") / "1", "old");
        const auto fail = [](const fs::path &part) {
            put(part / "1", "new");
            throw std::runtime_error("stopped");
        };
        QVERIFY_EXCEPTION_THROWN(writeFolderAtomically(path("a"), fail), std::runtime_error);
        QVERIFY_EXCEPTION_THROWN(writeFolderAtomically(path("b"), fail), std::runtime_error);
        QCOMPARE(entries(), QStringList{"a"});
        QCOMPARE(get(path("a") / "1"), std::string("old"));
    }

    void thePartsOfAnExistingFolderAreInIt()
    {
        // The folder around it may be on another file system, or not writable.
        fs::create_directory(path("a"));
        writeFolderAtomically(path("a"),
                              [&](const fs::path &part) { QCOMPARE(part.parent_path(), path("a")); });
        QVERIFY(fs::is_empty(path("a")));
    }

    void anErrorNamesTheTarget()
    {
        try {
            writeFolderAtomically(path("a"), [](const fs::path &part) {
                throw Error(ErrorKind::FileUnwritable, (part / "1").string() + " cannot be written");
            });
            QFAIL("no error");
        } catch (const Error &error) {
            QCOMPARE(error.what(), (path("a") / "1").string() + " cannot be written");
        }
    }

    void whatIsNoFolderIsRefused()
    {
        put(path("file"), "text");
        const auto nothing = [](const fs::path &) {};
        QVERIFY_EXCEPTION_THROWN(writeFolderAtomically(path("file"), nothing), Error);
        QVERIFY_EXCEPTION_THROWN(writeFolderAtomically(path("none") / "a", nothing), Error);
        QCOMPARE(entries(), QStringList{"file"});
    }
};

QTEST_GUILESS_MAIN(AtomicFolderTest)
#include "test_atomic_folder.moc"
