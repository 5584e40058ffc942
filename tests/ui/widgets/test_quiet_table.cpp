// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/labels.h"
#include "ui/widgets/quiet_table.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QLabel>
#include <QShortcut>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>
#include <QtTest>

using namespace reslens;

/// In a window with a shortcut of its own for Ctrl+C.
class TestQuietTable : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_window = std::make_unique<QWidget>();
        m_copies = 0;
        auto *copy = new QShortcut(QKeySequence::Copy, m_window.get());
        connect(copy, &QShortcut::activated, this, [this] { ++m_copies; });
        m_model.clear();
        for (const QString &name : {QStringLiteral("stem"), QStringLiteral("conv_7b")})
            m_model.appendRow({new QStandardItem(name), new QStandardItem(QStringLiteral("0.5"))});
        m_model.setHeaderData(1, Qt::Horizontal, QStringLiteral("Parameters"));
        m_model.setHeaderData(1, Qt::Horizontal, int(Qt::AlignRight | Qt::AlignVCenter),
                              Qt::TextAlignmentRole);
        m_table = quietTable(&m_model, QStringLiteral("Blocks"));
        m_label = new QLabel(QStringLiteral("A sentence"));
        makeSelectable(m_label);
        auto *layout = new QVBoxLayout(m_window.get());
        layout->addWidget(m_label);
        layout->addWidget(m_table);
        m_window->resize(400, 300);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
        QApplication::clipboard()->setText(QStringLiteral("nothing"));
    }

    void cleanup() { m_window.reset(); }

    void selectedRowsAreCopied()
    {
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(m_copies, 1);
        m_table->selectRow(1);
        QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("conv_7b\t0.5"));
        m_table->selectAll();
        QTest::keyClick(m_table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("stem\t0.5\nconv_7b\t0.5"));
        QCOMPARE(m_copies, 1);
    }

    void selectedTextIsCopied()
    {
        QTest::mouseClick(m_label, Qt::LeftButton, {}, QPoint(4, m_label->height() / 2));
        QTest::keyClick(m_label, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(m_copies, 1);
        m_label->setSelection(2, 8);
        QTest::keyClick(m_label, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("sentence"));
        QCOMPARE(m_copies, 1);
    }

    void rowsFitTheType()
    {
        const QFont before = QApplication::font();
        QFont large = before;
        large.setPointSizeF(2.5 * before.pointSizeF());
        QApplication::setFont(large);
        QTRY_VERIFY(m_table->fontMetrics().height() > 2 * QFontMetrics(before).height());
        QVERIFY(m_table->rowHeight(0) > m_table->fontMetrics().height());
        QApplication::setFont(before);
        QTRY_VERIFY(m_table->rowHeight(0) < 2 * QFontMetrics(before).height());
    }

    void narrowHeadingsBeginWithTheirBeginning()
    {
        QHeaderView *header = m_table->horizontalHeader();
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->resizeSection(1, header->fontMetrics().horizontalAdvance(QStringLiteral("Parame")) + 6);
        const QRect section(header->sectionViewportPosition(1), 0, header->sectionSize(1), header->height());
        const auto shown = [&](const QString &heading) {
            m_model.setHeaderData(1, Qt::Horizontal, heading);
            return header->viewport()->grab(section).toImage();
        };
        QVERIFY(shown(QStringLiteral("Parameters")) != shown(QStringLiteral("Xarameters")));
    }

private:
    QStandardItemModel m_model;
    std::unique_ptr<QWidget> m_window;
    QTableView *m_table = nullptr;
    QLabel *m_label = nullptr;
    int m_copies = 0; ///< that came to the window
};

QTEST_MAIN(TestQuietTable)
#include "test_quiet_table.moc"
