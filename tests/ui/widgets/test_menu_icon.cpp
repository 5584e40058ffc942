// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/quiet_style.h"

#include <QApplication>
#include <QMenu>
#include <QtTest>

namespace reslens {

class TestMenuIcon : public QObject
{
    Q_OBJECT

private slots:
    void aHighlightedEntryHasAnIconInTheColourOfItsText()
    {
        QApplication::setStyle(new QuietStyle);
        applyAppearance(Appearance::Light);
        QMenu menu;
        QAction *entry = menu.addAction(themedIcon(QStringLiteral("run")), QString());
        menu.ensurePolished();
        menu.resize(menu.sizeHint());
        QVERIFY(darkest(menu, entry) < 60);
        menu.setActiveAction(entry);
        // The darkest that is left is the highlight itself.
        QVERIFY(darkest(menu, entry) >= menu.palette().color(QPalette::Highlight).lightness() - 1);
    }

    void theTitleOfAGroupStandsInLineWithItsEntries()
    {
        QApplication::setStyle(new QuietStyle);
        applyAppearance(Appearance::Light);
        QMenu menu;
        QAction *entry = menu.addAction(QStringLiteral("HHH"));
        QAction *title = menu.addSection(QStringLiteral("HHH"));
        menu.addAction(QStringLiteral("HHH"))->setCheckable(true);
        menu.ensurePolished();
        menu.resize(menu.sizeHint());
        const int left = firstInk(menu, entry);
        QVERIFY(left > 20);
        QVERIFY2(std::abs(firstInk(menu, title) - left) <= 1,
                 qPrintable(QString::number(firstInk(menu, title))));
        // Nearer to what it is the title of.
        QVERIFY(menu.actionGeometry(title).height() > menu.fontMetrics().height() + 4);
    }

private:
    /// Where an entry's text begins.
    static int firstInk(QMenu &menu, QAction *entry)
    {
        const QRect place = menu.actionGeometry(entry).adjusted(3, 3, -3, -3);
        const QImage shot = menu.grab(place).toImage();
        for (int x = 0; x < shot.width(); ++x)
            for (int y = 0; y < shot.height(); ++y)
                if (shot.pixelColor(x, y).alpha() > 127 && shot.pixelColor(x, y).lightness() < 160)
                    return place.x() + x;
        return -1;
    }

    static int darkest(QMenu &menu, QAction *entry)
    {
        const QImage shot = menu.grab(menu.actionGeometry(entry).adjusted(3, 3, -3, -3)).toImage();
        int least = 255;
        for (int y = 0; y < shot.height(); ++y)
            for (int x = 0; x < shot.width(); ++x)
                least = std::min(least, shot.pixelColor(x, y).lightness());
        return least;
    }
};

} // namespace reslens

QTEST_MAIN(reslens::TestMenuIcon)
#include "test_menu_icon.moc"
