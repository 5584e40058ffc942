// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/quiet_style.h"
#include "ui/theme/tips.h"
#include "ui/widgets/elided_label.h"

#include <QHelpEvent>
#include <QToolTip>
#include <QtTest>

using namespace reslens;

class TestTips : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyStyle(); }

    void cleanup() { QToolTip::hideText(); }

    void onlyLongLinesAreWrapped()
    {
        const QString brief = QStringLiteral("One line\nand < another");
        QCOMPARE(wrappedTip(brief), brief);
        const QString rich = QStringLiteral("<p>%1</p>").arg(Long);
        QCOMPARE(wrappedTip(rich), rich);
        const QString wrapped = wrappedTip(Long + QStringLiteral("\na < b"));
        QVERIFY(Qt::mightBeRichText(wrapped));
        QVERIFY2(wrapped.contains(QStringLiteral("a &lt; b")), qPrintable(wrapped));
        // Spaces that do not break would hold the line together.
        QVERIFY(wrapped.contains(Long));
    }

    void aLongTipIsNoWiderThanAParagraph()
    {
        QLabel label(QStringLiteral("label"));
        label.setToolTip(Long);
        QVERIFY(tipOf(label).width() < label.fontMetrics().horizontalAdvance(Long) / 2);
        QCOMPARE(label.toolTip(), Long);
    }

    void elidedTextComesBeforeTheTip()
    {
        ElidedLabel label(QStringLiteral("what does not fit"));
        label.setToolTip(Long);
        label.resize(20, 20);
        const QWidget &tip = tipOf(label);
        QVERIFY(tip.width() < label.fontMetrics().horizontalAdvance(Long) / 2);
        QVERIFY(QToolTip::text().contains(label.text()));
        QVERIFY(QToolTip::text().contains(Long));
    }

private:
    static QWidget &tipOf(QWidget &widget)
    {
        QHelpEvent help(QEvent::ToolTip, {}, {10, 10});
        QApplication::sendEvent(&widget, &help);
        const QWidgetList windows = QApplication::topLevelWidgets();
        return **std::ranges::find_if(
            windows, [](const QWidget *each) { return each->inherits("QTipLabel") && each->isVisible(); });
    }

    const QString Long = QStringList(40, QStringLiteral("long")).join(u' ');
};

QTEST_MAIN(TestTips)
#include "test_tips.moc"
