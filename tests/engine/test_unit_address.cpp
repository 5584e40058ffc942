// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"
#include "engine/unit_address.h"

#include <QTest>

using namespace reslens;

class TestUnitAddress : public QObject
{
    Q_OBJECT

private slots:
    void goesThereAndBack();
    void refusesOtherForms();
};

void TestUnitAddress::goesThereAndBack()
{
    const UnitAddress unit{"block17_3/residual", 37, 8, 5};
    QCOMPARE(toString(unit), std::string("block17_3/residual/ch37@(8,5)"));
    QVERIFY(parseUnitAddress(toString(unit)) == unit);
    QVERIFY(parseUnitAddress("block17_3/residual/ch37@(8, 5)") == unit);
}

void TestUnitAddress::refusesOtherForms()
{
    for (const char *text : {"", "block17_3/residual", "block17_3/residual/ch37", "block17_3/ch37@(8,5)",
                             "block17_3/residual/ch-1@(8,5)", "block17_3/residual/ch37@(8)",
                             "block17_3/residual/ch37@(8,5) ", "block17_3/residual/ch99999999999@(8,5)"})
        QVERIFY_EXCEPTION_THROWN(parseUnitAddress(text), Error);
    QVERIFY_EXCEPTION_THROWN(parseUnitAddress(std::string(200'000, 'a')), Error);
}

QTEST_APPLESS_MAIN(TestUnitAddress)
#include "test_unit_address.moc"
