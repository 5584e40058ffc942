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

private:
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
