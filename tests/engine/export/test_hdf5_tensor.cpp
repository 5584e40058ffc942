// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/export/hdf5_tensor.h"

#include <QtTest>
#include <hdf5.h>

#include <numeric>
#include <vector>

using namespace reslens;

class Hdf5TensorTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    static QString attribute(hid_t dataset, const char *name)
    {
        const hid_t attribute = H5Aopen(dataset, name, H5P_DEFAULT);
        if (attribute < 0)
            return {};
        const hid_t type = H5Aget_type(attribute);
        char *text = nullptr;
        H5Aread(attribute, type, &text);
        const QString result = QString::fromUtf8(text);
        H5free_memory(text);
        H5Tclose(type);
        H5Aclose(attribute);
        return result;
    }

private slots:
    void holdsDatasetAndAttributes_data()
    {
        QTest::addColumn<std::vector<std::size_t>>("extents");
        QTest::newRow("map") << std::vector<std::size_t>{3, 5, 7};
        QTest::newRow("vector") << std::vector<std::size_t>{11};
    }

    void holdsDatasetAndAttributes()
    {
        QFETCH(std::vector<std::size_t>, extents);
        std::vector<float> values(
            std::accumulate(extents.begin(), extents.end(), std::size_t(1), std::multiplies<>()));
        std::iota(values.begin(), values.end(), -2.5F);
        const std::string path = m_folder.filePath("values.h5").toStdString();
        writeHdf5Tensor(path, "block17_3/residual", values, extents,
                        {{"image", "schön.jpg"}, {"model", "m.h5"}});

        const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
        QVERIFY(file >= 0);
        const hid_t dataset = H5Dopen2(file, "/block17_3/residual", H5P_DEFAULT);
        QVERIFY(dataset >= 0);
        const hid_t space = H5Dget_space(dataset);
        std::vector<hsize_t> found(std::size_t(H5Sget_simple_extent_ndims(space)));
        H5Sget_simple_extent_dims(space, found.data(), nullptr);
        QCOMPARE(std::vector<std::size_t>(found.begin(), found.end()), extents);
        std::vector<float> read(values.size());
        QVERIFY(H5Dread(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, read.data()) >= 0);
        QCOMPARE(read, values);
        QCOMPARE(attribute(dataset, "image"), QString("schön.jpg"));
        QCOMPARE(attribute(dataset, "model"), QString("m.h5"));
        H5Sclose(space);
        H5Dclose(dataset);
        H5Fclose(file);
    }

    void refusesAnAbsentFolder()
    {
        const std::string path = m_folder.filePath("absent/values.h5").toStdString();
        const std::vector<float> values(4);
        const std::vector<std::size_t> extents{4};
        QVERIFY_EXCEPTION_THROWN(writeHdf5Tensor(path, "stem/output", values, extents, {}), Error);
    }
};

QTEST_APPLESS_MAIN(Hdf5TensorTest)
#include "test_hdf5_tensor.moc"
