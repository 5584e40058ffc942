// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/export/atomic_file.h"
#include "tests/engine/export/written_folder.h"

#include <QtTest>

using namespace reslens;
namespace fs = std::filesystem;

class AtomicFileTest : public QObject, private test::WrittenFolder
{
    Q_OBJECT

    /// The sentence with which writing fails.
    static QString failure(const fs::path &target)
    {
        try {
            writeAtomically(target, [](const fs::path &part) { put(part, "new"); });
        } catch (const Error &error) {
            return error.kind() == ErrorKind::FileUnwritable ? QString::fromStdString(error.what())
                                                             : QString();
        }
        return {};
    }

private slots:
    void init() { clear(); }

    void createsAndReplaces()
    {
        for (const char *text : {"first", "second"}) {
            writeAtomically(path("a.txt"), [&](const fs::path &part) {
                QVERIFY(part != path("a.txt"));
                put(part, text);
            });
            QCOMPARE(get(path("a.txt")), text);
            QCOMPARE(entries(), QStringList("a.txt"));
        }
    }

    void whatAKilledProcessLeftBehindIsNotInTheWay()
    {
        // The names of the next two calls.
        const std::string name = partName();
        const std::string::size_type dash = name.rfind('-');
        const int count = std::stoi(name.substr(dash + 1));
        for (const int next : {count + 1, count + 2})
            put(path((name.substr(0, dash + 1) + std::to_string(next) + ".part").c_str()), "left");
        writeAtomically(path("a.txt"), [](const fs::path &part) { put(part, "new"); });
        QCOMPARE(get(path("a.txt")), "new");
        QCOMPARE(entries().size(), 3);
    }

    void takesAPathWithoutFolder()
    {
        const QString before = QDir::currentPath();
        QDir::setCurrent(m_folder.path());
        writeAtomically("plain.txt", [](const fs::path &part) { put(part, "here"); });
        QDir::setCurrent(before);
        QCOMPARE(get(path("plain.txt")), "here");
    }

    void aFailureLeavesTheOldFile()
    {
        put(path("a.txt"), "old");
        const auto failing = [](const fs::path &part) {
            put(part, "half");
            throw Error(ErrorKind::Damaged, "no more");
        };
        QVERIFY_EXCEPTION_THROWN(writeAtomically(path("a.txt"), failing), Error);
        QVERIFY_EXCEPTION_THROWN(writeAtomically(path("b.txt"), failing), Error);
        QCOMPARE(get(path("a.txt")), "old");
        QCOMPARE(entries(), QStringList("a.txt"));
    }

    void keepsPermissions()
    {
        put(path("secret.txt"), "old");
        fs::permissions(path("secret.txt"), fs::perms::owner_read | fs::perms::owner_write);
        writeAtomically(path("secret.txt"), [](const fs::path &part) { put(part, "new"); });
        QCOMPARE(get(path("secret.txt")), "new");
        QVERIFY(fs::status(path("secret.txt")).permissions() ==
                (fs::perms::owner_read | fs::perms::owner_write));
    }

    void takesTheLongestName()
    {
        const std::string name(255, 'n');
        writeAtomically(path(name.c_str()), [](const fs::path &part) { put(part, "long"); });
        QCOMPARE(get(path(name.c_str())), "long");
    }

    void writesThroughALink()
    {
        put(path("real.txt"), "old");
        fs::create_symlink("real.txt", path("link.txt"));
        writeAtomically(path("link.txt"), [](const fs::path &part) { put(part, "new"); });
        QVERIFY(fs::is_symlink(path("link.txt")));
        QCOMPARE(get(path("real.txt")), "new");
    }

    void refusesWhatIsNoFile()
    {
        fs::create_directory(path("folder"));
        QVERIFY(failure(path("folder")).contains("folder cannot be written: it is a folder"));
        QVERIFY(failure(path("folder/")).contains("it is a folder"));
        QVERIFY(failure("/dev/null").contains("not a regular file"));
        QVERIFY(failure(path("absent/a.npy")).contains("there is no folder"));
        QVERIFY(failure("/proc/reslens.npy").startsWith("/proc/reslens.npy cannot be written: "));
        fs::create_symlink("nowhere", path("link.txt"));
        QVERIFY(failure(path("link.txt")).contains("the link leads nowhere"));
        QCOMPARE(entries(), QStringList({"folder"}));
    }
};

QTEST_APPLESS_MAIN(AtomicFileTest)
#include "test_atomic_file.moc"
