// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/line_tabs.h"
#include "ui/widgets/pages.h"

#include <QSignalSpy>
#include <QtTest>

using namespace reslens;

class TestPages : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_pages = std::make_unique<Pages>();
        for (QWidget *&page : m_page)
            page = new QWidget;
        m_pages->add(m_page[0], QStringLiteral("first"), QStringLiteral("First"),
                     QStringLiteral("The first"));
        m_pages->add(m_page[1], QStringLiteral("second"), QStringLiteral("Second"),
                     QStringLiteral("Another"));
        m_pages->show();
    }

    void firstIsShown()
    {
        QCOMPARE(m_pages->current(), QStringLiteral("first"));
        QVERIFY(m_page[0]->isVisible());
        QVERIFY(!m_page[1]->isVisible());
    }

    void turnByName()
    {
        const QSignalSpy turned(m_pages.get(), &Pages::turned);
        QVERIFY(m_pages->turnTo(QStringLiteral("second")));
        QCOMPARE(turned.size(), 1);
        QVERIFY(m_page[1]->isVisible());
        QVERIFY(!m_pages->turnTo(QStringLiteral("third")));
        QCOMPARE(m_pages->current(), QStringLiteral("second"));
    }

    void turnByKey()
    {
        m_pages->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_pages.get()));
        QTest::keyClick(m_pages.get(), Qt::Key_2, Qt::AltModifier);
        QTRY_COMPARE(m_pages->current(), QStringLiteral("second"));
        QTest::keyClick(m_pages.get(), Qt::Key_1, Qt::AltModifier);
        QTRY_COMPARE(m_pages->current(), QStringLiteral("first"));
    }

    void onePageNeedsNoTitle()
    {
        Pages alone;
        alone.add(new QWidget, QStringLiteral("only"), QStringLiteral("Only"), QString());
        alone.show();
        QVERIFY(!alone.findChild<LineTabs *>()->isVisible());
    }

private:
    std::unique_ptr<Pages> m_pages;
    QWidget *m_page[2] = {};
};

QTEST_MAIN(TestPages)
#include "test_pages.moc"
