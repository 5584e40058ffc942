// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/half_precision.h"

#include <QTest>

#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <vector>

using namespace reslens::hdf5;

class TestHalfPrecision : public QObject
{
    Q_OBJECT

private slots:
    void everyHalfIsReadAsHdf5ReadsIt();
};

/// HDF5's own conversion is the slow twin: all 65,536 halves go through both.
void TestHalfPrecision::everyHalfIsReadAsHdf5ReadsIt()
{
    std::vector<std::uint16_t> halves(65536);
    std::iota(halves.begin(), halves.end(), std::uint16_t(0));
    const PropertyList access(H5Pcreate(H5P_FILE_ACCESS));
    H5Pset_fapl_core(access.get(), 1 << 20, false);
    const File file(H5Fcreate("half.h5", H5F_ACC_TRUNC, H5P_DEFAULT, access.get()));
    const hsize_t count = halves.size();
    const Dataspace space(H5Screate_simple(1, &count, nullptr));
    const Dataset dataset(H5Dcreate2(file.get(), "halves", halfType().get(), space.get(), H5P_DEFAULT,
                                     H5P_DEFAULT, H5P_DEFAULT));
    QVERIFY(H5Dwrite(dataset.get(), halfType().get(), H5S_ALL, H5S_ALL, H5P_DEFAULT, halves.data()) >= 0);

    const auto read = [&] {
        std::vector<float> values(halves.size());
        H5Dread(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
        return values;
    };
    const std::vector<float> expected = read();
    registerHalfConversion();
    const std::vector<float> found = read();

    QCOMPARE(found[0x3c00], 1.0F);
    for (std::size_t i = 0; i < halves.size(); ++i) {
        if (std::isnan(expected[i]))
            QVERIFY(std::isnan(found[i]));
        else
            QCOMPARE(std::bit_cast<std::uint32_t>(found[i]), std::bit_cast<std::uint32_t>(expected[i]));
    }
}

QTEST_MAIN(TestHalfPrecision)
#include "test_half_precision.moc"
