// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/quiet_style.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QtTest>

using namespace reslens;

class TestQuietStyle : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyStyle(); }

    void dialogsHaveButtonsWithoutIcons()
    {
        const QDialogButtonBox box(QDialogButtonBox::Cancel | QDialogButtonBox::Save);
        for (const QAbstractButton *button : box.buttons())
            QVERIFY2(button->icon().isNull(), qPrintable(button->text()));
    }
};

QTEST_MAIN(TestQuietStyle)
#include "test_quiet_style.moc"
