// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/kernels/sgemm.h"

#include "naive.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <new>
#include <sys/resource.h>
#include <vector>

using namespace reslens;

namespace {

/// A row-major matrix whose rows lie further apart than they are long.
struct Matrix
{
    Matrix(int height, int width)
        : rows(height), columns(width), stride(width + 3),
          values(naive::randomValues(random, std::size_t(height) * std::size_t(stride)))
    {
    }

    float &at(int row, int column)
    {
        return values[std::size_t(row) * std::size_t(stride) + std::size_t(column)];
    }

    inline static naive::Random random{7};
    int rows;
    int columns;
    int stride;
    std::vector<float> values;
};

/// C = A · B [+ C], in double precision.
Matrix product(Matrix &a, Matrix &b, Matrix c, bool accumulate)
{
    for (int i = 0; i < c.rows; ++i) {
        for (int j = 0; j < c.columns; ++j) {
            double sum = accumulate ? double(c.at(i, j)) : 0.0;
            for (int k = 0; k < a.columns; ++k)
                sum += double(a.at(i, k)) * double(b.at(k, j));
            c.at(i, j) = float(sum);
        }
    }
    return c;
}

Matrix transposed(Matrix &from)
{
    Matrix to(from.columns, from.rows);
    for (int i = 0; i < from.rows; ++i) {
        for (int j = 0; j < from.columns; ++j)
            to.at(j, i) = from.at(i, j);
    }
    return to;
}

/// Largest difference, what lies between the rows included.
double difference(const Matrix &one, const Matrix &other)
{
    double largest = 0;
    for (std::size_t i = 0; i < one.values.size(); ++i)
        largest = std::max(largest, double(std::abs(one.values[i] - other.values[i])));
    return largest;
}

} // namespace

class TestSgemm : public QObject
{
    Q_OBJECT

private slots:
    void sizes_data()
    {
        QTest::addColumn<int>("m");
        QTest::addColumn<int>("n");
        QTest::addColumn<int>("k");
        for (const auto &[m, n, k] : {std::tuple{1, 1, 1},
                                      {3, 5, 7},
                                      {64, 48, 32},
                                      {17, 115, 65},
                                      {1, 202, 553},
                                      {289, 33, 1},
                                      {150, 392, 138},
                                      {64, 749, 161}})
            QTest::addRow("%d × %d × %d", m, n, k) << m << n << k;
    }

    void sizes()
    {
        QFETCH(int, m);
        QFETCH(int, n);
        QFETCH(int, k);
        for (const bool accumulate : {false, true}) {
            Matrix a(m, k);
            Matrix b(k, n);
            Matrix c(m, n);
            const Matrix expected = product(a, b, c, accumulate);
            sgemm(m, n, k, a.values.data(), a.stride, b.values.data(), b.stride, c.values.data(), c.stride,
                  accumulate);
            QVERIFY(difference(c, expected) < 1e-5 * k + 1e-6);
        }
    }

    void vector()
    {
        Matrix x(1, 553);
        Matrix b(553, 202);
        Matrix y(1, 202);
        const Matrix expected = product(x, b, y, true);
        std::vector<float> dense;
        for (int k = 0; k < b.rows; ++k)
            dense.insert(dense.end(), &b.at(k, 0), &b.at(k, 0) + b.columns);
        // In two parts, as threads share it out.
        sgemv(32, 553, x.values.data(), dense.data(), 202, y.values.data());
        sgemv(170, 553, x.values.data(), dense.data() + 32, 202, y.values.data() + 32);
        QVERIFY(difference(y, expected) < 1e-3);

        Matrix back = transposed(b);
        const Matrix expectedBack = product(y, back, x, false);
        sgemvAdjoint(202, 553, y.values.data(), dense.data(), 202, x.values.data());
        QVERIFY(difference(x, expectedBack) < 1e-2);
    }

    void noRoomIsAnException()
    {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        QSKIP("a sanitizer takes all addresses");
#endif
        // 100 buffers take 12.8 GB.
        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_AS, &before), 0);
        const rlimit tight{rlim_t(6) << 30, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_AS, &tight), 0);
        QVERIFY_EXCEPTION_THROWN(requireRoomForSgemm(100), std::bad_alloc);
        QCOMPARE(::setrlimit(RLIMIT_AS, &before), 0);
        requireRoomForSgemm(2);
    }
};

QTEST_APPLESS_MAIN(TestSgemm)
#include "test_sgemm.moc"
