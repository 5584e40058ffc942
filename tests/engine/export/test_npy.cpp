// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/npy.h"

#include <QtTest>

#include <numeric>
#include <vector>

using namespace reslens;

class NpyTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QByteArray written(const std::vector<float> &values, const std::vector<std::size_t> &extents) const
    {
        const QString path = m_folder.filePath("values.npy");
        writeNpy(path.toStdString(), values, extents);
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void holdsHeaderAndValues_data()
    {
        QTest::addColumn<std::vector<std::size_t>>("extents");
        QTest::addColumn<QByteArray>("shape");
        QTest::newRow("map") << std::vector<std::size_t>{3, 5, 7} << QByteArray("(3, 5, 7)");
        QTest::newRow("one position") << std::vector<std::size_t>{1, 1, 4} << QByteArray("(1, 1, 4)");
        QTest::newRow("vector") << std::vector<std::size_t>{11} << QByteArray("(11,)");
        QTest::newRow("empty") << std::vector<std::size_t>{0} << QByteArray("(0,)");
    }

    void holdsHeaderAndValues()
    {
        QFETCH(std::vector<std::size_t>, extents);
        QFETCH(QByteArray, shape);
        std::vector<float> values(
            std::accumulate(extents.begin(), extents.end(), std::size_t(1), std::multiplies<>()));
        std::iota(values.begin(), values.end(), -2.5F);

        const QByteArray bytes = written(values, extents);
        QVERIFY(bytes.startsWith(QByteArray("\x93NUMPY\x01\x00", 8)));
        const int length = quint8(bytes[8]) | quint8(bytes[9]) << 8;
        const QByteArray header = bytes.mid(10, length);
        QCOMPARE((10 + length) % 64, 0);
        QVERIFY(header.endsWith('\n'));
        QCOMPARE(header.trimmed(), "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }");

        QCOMPARE(bytes.mid(10 + length), QByteArray(reinterpret_cast<const char *>(values.data()),
                                                    qsizetype(values.size() * sizeof(float))));
    }
};

QTEST_APPLESS_MAIN(NpyTest)
#include "test_npy.moc"
