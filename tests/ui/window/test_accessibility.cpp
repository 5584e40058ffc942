// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/desk.h"
#include "ui/maps/unit.h"
#include "ui/theme/quiet_style.h"
#include "ui/widgets/pages.h"
#include "ui/window/main_window.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QTabBar>
#include <QToolBar>
#include <QtTest>

using namespace reslens;
using test::Desk;

/// Each page of the window, for who sees nothing of it or has no mouse.
class TestAccessibility : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        applyStyle();
        m_window = std::make_unique<MainWindow>();
        m_window->resize(1280, 832);
        m_window->show();
        m_window->loadModel(m_desk.model(QStringLiteral("small.h5")));
        m_window->openPaths({m_desk.picture(QStringLiteral("first.png"), {300, 200}),
                             m_desk.picture(QStringLiteral("second.png"), {200, 300})});
        QTRY_COMPARE(m_window->session().state(), Session::State::Answered);
        m_window->session().explainer().explain(0);
        QTRY_VERIFY(m_window->session().explainer().explanation());
    }

    void everyControlHasANameAndTakesTheKeyboard_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("address");
        for (const QString &page : m_window->pages().names())
            QTest::addRow("%s", qPrintable(page)) << page << QString();
        for (const char *address : {"block17_1", "block17_1/output/ch2", "block17_1/output/ch2@(1,1)"})
            QTest::addRow("%s", address) << QStringLiteral("network") << QString::fromLatin1(address);
    }

    void everyControlHasANameAndTakesTheKeyboard()
    {
        QFETCH(QString, page);
        QFETCH(QString, address);
        turnTo(page, address);
        int controls = 0;
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !widget->isEnabled())
                continue;
            const bool takesKeys = widget->focusPolicy() & Qt::TabFocus;
            if (takesKeys && !widget->focusProxy()) {
                QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), describe(widget));
                ++controls;
            }
            if (qobject_cast<QAbstractButton *>(widget) && !isPartOfAControl(widget))
                QVERIFY2(takesKeys || isInToolBar(widget), describe(widget));
        }
        QVERIFY(controls > 5);
    }

    void theKeyboardsFocusIsSeen_data() { everyControlHasANameAndTakesTheKeyboard_data(); }

    void theKeyboardsFocusIsSeen()
    {
        QFETCH(QString, page);
        QFETCH(QString, address);
        turnTo(page, address);
        QByteArrayList unseen;
        for (QWidget *widget : m_window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || !widget->isEnabled() || widget->focusProxy() ||
                !(widget->focusPolicy() & Qt::TabFocus))
                continue;
            widget->setFocus(Qt::TabFocusReason);
            QVERIFY(widget->hasFocus());
            // As the Tab key does: styles show the focus from then on.
            m_window->setAttribute(Qt::WA_KeyboardFocusChange);
            QCoreApplication::processEvents();
            const QImage with = picture(*widget);
            widget->clearFocus();
            QCoreApplication::processEvents();
            if (picture(*widget) == with)
                unseen << describe(widget);
        }
        QVERIFY2(unseen.isEmpty(), QByteArray::number(unseen.size()) + " of them: " + unseen.join('\n'));
    }

    void theTabKeyComesToEveryControl_data() { everyControlHasANameAndTakesTheKeyboard_data(); }

    void theTabKeyComesToEveryControl()
    {
        QFETCH(QString, page);
        QFETCH(QString, address);
        turnTo(page, address);
        QSet<const QWidget *> reached;
        while (m_window->focusWidget() && !reached.contains(m_window->focusWidget())) {
            reached << m_window->focusWidget();
            // The key itself may be a field's own.
            struct Access : QWidget
            {
                using QWidget::focusNextPrevChild;
            };
            QVERIFY((m_window.get()->*&Access::focusNextPrevChild)(true));
        }
        QByteArrayList missed;
        for (const QWidget *widget : m_window->findChildren<QWidget *>())
            if (widget->isVisible() && widget->isEnabled() && !widget->focusProxy() &&
                widget->focusPolicy() & Qt::TabFocus && !isInToolBar(widget) && !reached.contains(widget))
                missed << describe(widget);
        QVERIFY2(missed.isEmpty(), missed.join('\n'));
    }

private:
    /// A page, and what is opened on it: a block, a channel, a unit, or nothing.
    void turnTo(const QString &page, const QString &address)
    {
        QVERIFY(m_window->pages().turnTo(page));
        m_window->session().openBlock({});
        if (!address.isEmpty()) {
            m_window->openAddress(*TypedAddress::parse(address));
            QTRY_VERIFY(m_window->session().maps());
            QTRY_COMPARE(m_window->session().unitExplainer().story() != nullptr, address.contains(u'@'));
        }
        QTRY_VERIFY(!m_window->session().isBusy());
        m_window->activateWindow();
    }

    /// With some of what is around it: a frame may stand outside.
    QImage picture(const QWidget &widget) const
    {
        const QRect place(widget.mapTo(m_window.get(), QPoint()), widget.size());
        return m_window->grab(place.adjusted(-3, -3, 3, 3)).toImage();
    }

    static QByteArray describe(const QWidget *widget)
    {
        QByteArray text;
        for (const QWidget *each = widget; each && !each->isWindow(); each = each->parentWidget())
            text += QByteArray(each->metaObject()->className()).replace("reslens::", "") + " < ";
        return text + widget->objectName().toUtf8() + widget->toolTip().toUtf8();
    }

    static bool isPartOfAControl(const QWidget *widget)
    {
        return widget->objectName().startsWith(QStringLiteral("qt_")) ||
               qobject_cast<QTabBar *>(widget->parentWidget());
    }

    /// Its actions have shortcuts and stand in menus.
    static bool isInToolBar(const QWidget *widget)
    {
        return qobject_cast<QToolBar *>(widget->parentWidget());
    }

    Desk m_desk;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(TestAccessibility)
#include "test_accessibility.moc"
