// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/weights/hdf5_read.h"
#include "tests/engine/weights/weight_checks.h"
#include "tests/support/hdf5_file.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <vector>

using namespace reslens;
using namespace reslens::hdf5;

namespace {

using Strings = std::vector<std::string>;
using Bytes = std::vector<std::byte>;

void writeStrings(const std::filesystem::path &path, const Strings &strings,
                  H5F_libver_t format = H5F_LIBVER_EARLIEST)
{
    const File file = test::createHdf5File(path, format);
    const Datatype type(H5Tcopy(H5T_C_S1));
    H5Tset_size(type.get(), H5T_VARIABLE);
    const hsize_t count = strings.size();
    const Dataspace space(H5Screate_simple(1, &count, nullptr));
    const Attribute attribute(
        H5Acreate2(file.get(), "names", type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
    std::vector<const char *> pointers;
    for (const std::string &string : strings)
        pointers.push_back(string.c_str());
    QVERIFY(H5Awrite(attribute.get(), type.get(), pointers.data()) >= 0);
}

Bytes bytesOf(const std::filesystem::path &path)
{
    std::ifstream in(path, std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    const auto bytes = std::as_bytes(std::span(text));
    return {bytes.begin(), bytes.end()};
}

/// Throws what reading throws.
Strings namesIn(const Bytes &bytes)
{
    const File file = openMemory(bytes, "damaged.h5");
    return readStrings(file.get(), "names", "damaged.h5").value_or(Strings());
}

/// Checks that reading fails with a sentence that names the attribute.
void verifyDamaged(const Bytes &bytes)
{
    const std::optional<Error> error = test::errorOf([&] { namesIn(bytes); });
    QVERIFY2(error, "it was read");
    QVERIFY(error->kind() == ErrorKind::Damaged);
    QVERIFY2(QString(error->what()).contains("names"), error->what());
}

template <typename Value>
void put(Bytes &bytes, std::size_t offset, Value value)
{
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}

std::size_t find(const Bytes &bytes, std::span<const std::byte> what)
{
    const auto place = std::ranges::search(bytes, what);
    return std::size_t(place.begin() - bytes.begin());
}

} // namespace

class TestVariableStrings : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readsWhatHdf5Wrote_data();
    void readsWhatHdf5Wrote();
    void damageIsFound_data();
    void damageIsFound();
    void damageUnderAChecksumIsFound();
    void noDamagedByteLeadsAstray();

private:
    QuietErrors m_quiet;
    QTemporaryDir m_folder;
    Bytes m_bytes;            ///< a file with the strings "first" and "second"
    std::size_t m_collection; ///< where its global heap is
    std::size_t m_reference;  ///< where the attribute refers to "first"
};

void TestVariableStrings::initTestCase()
{
    const std::filesystem::path path = m_folder.filePath("two.h5").toStdString();
    writeStrings(path, {"first", "second"});
    m_bytes = bytesOf(path);
    m_collection = find(m_bytes, std::as_bytes(std::span("GCOL", 4)));
    // Length, address (the first half of it here), number.
    const std::uint32_t tail[] = {std::uint32_t(m_collection), 0, 1};
    m_reference = find(m_bytes, std::as_bytes(std::span(tail))) - 4;
    QVERIFY(m_collection < m_bytes.size() && m_reference + 16 <= m_bytes.size());
    QVERIFY(namesIn(m_bytes) == Strings({"first", "second"}));
}

void TestVariableStrings::readsWhatHdf5Wrote_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("length");
    QTest::newRow("one") << 1 << 9;
    QTest::newRow("empty ones") << 3 << 0;
    QTest::newRow("more than a collection holds") << 600 << 40;
    QTest::newRow("each more than a collection holds") << 3 << 20000;
}

void TestVariableStrings::readsWhatHdf5Wrote()
{
    QFETCH(int, count);
    QFETCH(int, length);
    Strings strings;
    for (int i = 0; i < count; ++i)
        strings.push_back((std::to_string(i) + "ü" + std::string(20000, 'x')).substr(0, std::size_t(length)));
    const std::filesystem::path path = m_folder.filePath("names.h5").toStdString();
    writeStrings(path, strings);
    QVERIFY(namesIn(bytesOf(path)) == strings);
    const File file = openFile(path);
    QVERIFY(readStrings(file.get(), "names", "names.h5") == strings);
}

void TestVariableStrings::damageIsFound_data()
{
    QTest::addColumn<bool>("inReference");
    QTest::addColumn<int>("offset");
    QTest::addColumn<int>("bytes");
    QTest::addColumn<quint64>("value");
    QTest::newRow("longer than its piece of the heap") << true << 0 << 4 << quint64(4000);
    QTest::newRow("longer than memory") << true << 0 << 4 << quint64(0xfffffff0);
    QTest::newRow("address beyond the file") << true << 4 << 8 << (quint64(1) << 40);
    QTest::newRow("address of all ones") << true << 4 << 8 << ~quint64(0);
    QTest::newRow("address of something else") << true << 4 << 8 << quint64(0);
    QTest::newRow("number beyond the collection") << true << 12 << 4 << quint64(0xffff);
    QTest::newRow("number of the free space") << true << 12 << 4 << quint64(0);
    QTest::newRow("signature") << false << 0 << 1 << quint64('g');
    QTest::newRow("version") << false << 4 << 1 << quint64(7);
    QTest::newRow("collection beyond the file") << false << 8 << 8 << (quint64(1) << 30);
    QTest::newRow("collection of nothing") << false << 8 << 8 << quint64(0);
    QTest::newRow("piece beyond the collection") << false << 24 << 8 << quint64(5000);
    QTest::newRow("piece of all that there is") << false << 24 << 8 << ~quint64(0);
}

void TestVariableStrings::damageIsFound()
{
    QFETCH(bool, inReference);
    QFETCH(int, offset);
    QFETCH(int, bytes);
    QFETCH(quint64, value);
    Bytes damaged = m_bytes;
    const std::size_t place = (inReference ? m_reference : m_collection) + std::size_t(offset);
    if (bytes == 1)
        put(damaged, place, std::uint8_t(value));
    else if (bytes == 4)
        put(damaged, place, std::uint32_t(value));
    else
        put(damaged, place, std::uint64_t(value));
    verifyDamaged(damaged);
}

void TestVariableStrings::damageUnderAChecksumIsFound()
{
    const std::filesystem::path path = m_folder.filePath("checked.h5").toStdString();
    writeStrings(path, {"first", "second"}, H5F_LIBVER_V18);
    Bytes bytes = bytesOf(path);
    QVERIFY(namesIn(bytes) == Strings({"first", "second"}));
    // Under another name, the attribute would only be missing.
    put(bytes, find(bytes, std::as_bytes(std::span("names", 5))), 'N');
    verifyDamaged(bytes);
}

void TestVariableStrings::noDamagedByteLeadsAstray()
{
    int refused = 0;
    for (std::size_t i = 0; i < m_bytes.size(); ++i) {
        // What else there is, HDF5 reads.
        if (i < m_collection && (i < m_reference || i >= m_reference + 32))
            continue;
        for (const int mask : {0x01, 0x80, 0xff}) {
            Bytes damaged = m_bytes;
            damaged[i] ^= std::byte(mask);
            try {
                const Strings names = namesIn(damaged);
                QVERIFY(names.size() < 1000);
            } catch (const Error &) {
                ++refused;
            }
        }
    }
    QVERIFY(refused > 100);
}

QTEST_GUILESS_MAIN(TestVariableStrings)
#include "test_variable_strings.moc"
