// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/chart_menu.h"

#include "ui/base/save_dialog.h"
#include "ui/export/csv.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/widgets/copying.h"

#include <QBuffer>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QTableWidget>
#include <QVBoxLayout>
#include <qcustomplot.h>

namespace reslens {
namespace {

QTableWidget *makeTable(const ChartTable &table)
{
    auto *view = new QTableWidget(int(table.rows.size()), int(table.columns.size()));
    view->setHorizontalHeaderLabels(table.columns);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setFrameShape(QFrame::NoFrame);
    view->verticalHeader()->hide();
    for (int row = 0; row < view->rowCount(); ++row) {
        for (int column = 0; column < view->columnCount(); ++column) {
            auto *item = new QTableWidgetItem(table.rows[std::size_t(row)].value(column));
            bool isNumber = false;
            item->text().toDouble(&isNumber);
            item->setTextAlignment(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
            view->setItem(row, column, item);
        }
    }
    view->resizeColumnsToContents();
    return view;
}

} // namespace

QString ChartTable::text(QChar separator) const
{
    QString result;
    const auto add = [&](const QStringList &values) {
        QStringList cells;
        for (const QString &value : values)
            cells << quotedField(value, separator);
        result += cells.join(separator) + u'\n';
    };
    add(columns);
    for (const QStringList &row : rows)
        add(row);
    return result;
}

ChartTable tableOf(const QAbstractItemModel &model)
{
    ChartTable table;
    for (int column = 0; column < model.columnCount(); ++column)
        table.columns << model.headerData(column, Qt::Horizontal).toString();
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QVariant value = model.index(row, column).data(Qt::EditRole);
            const int type = value.userType();
            cells << (type == QMetaType::Double || type == QMetaType::Float ? exactNumber(value.toDouble())
                                                                            : value.toString());
        }
        table.rows.push_back(cells);
    }
    return table;
}

QString exactNumber(double value)
{
    return QString::number(value, 'g', 9);
}

ChartMenu::ChartMenu(QWidget *chart, QCustomPlot *plot, const QString &name, Table table)
    : ChartMenu(chart, name, std::move(table))
{
    m_plot = plot;
    // The plot passes no mouse event on to its parent, whatever its policy.
    plot->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(plot, &QWidget::customContextMenuRequested, this,
            [this, plot](const QPoint &position) { open(plot->mapTo(m_chart, position)); });
}

ChartMenu::ChartMenu(QWidget *chart, const QString &name, Table table)
    : QObject(chart), m_chart(chart), m_name(name), m_table(std::move(table))
{
    chart->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(chart, &QWidget::customContextMenuRequested, this, &ChartMenu::open);
}

void ChartMenu::open(const QPoint &position)
{
    auto *menu = new QMenu(m_chart);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(themedIcon(QStringLiteral("table")), tr("Show the numbers…"), this,
                    &ChartMenu::showTable);
    menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy the numbers"), this, &ChartMenu::copyTable);
    menu->addSeparator();
    menu->addAction(themedIcon(QStringLiteral("save")), tr("Save the chart as SVG…"), this,
                    [this] { save(tr("SVG picture (*.svg)"), [this] { return svg(); }); });
    menu->addAction(tr("Save the numbers as CSV…"), this, [this] {
        save(tr("CSV table (*.csv)"), [this] { return m_table().text(u',').toUtf8(); });
    });
    menu->popup(m_chart->mapToGlobal(position));
}

void ChartMenu::showTable()
{
    auto *dialog = new QDialog(m_chart->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(m_chart->accessibleName());
    QTableWidget *table = makeTable(m_table());
    table->setAccessibleName(m_chart->accessibleName());
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *copy = buttons->addButton(tr("Copy"), QDialogButtonBox::ActionRole);
    connect(copy, &QPushButton::clicked, this, &ChartMenu::copyTable);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *layout = new QVBoxLayout(dialog);
    layout->setContentsMargins(2 * Grid, 2 * Grid, 2 * Grid, 2 * Grid);
    layout->addWidget(table);
    layout->addWidget(buttons);
    dialog->resize(table->horizontalHeader()->length() + 8 * Grid, 56 * Grid);
    dialog->show();
}

void ChartMenu::copyTable()
{
    copyText(m_chart, m_table().text(u'\t'), tr("Numbers copied"));
}

QByteArray ChartMenu::svg() const
{
    const QWidget *shown = m_plot ? m_plot : m_chart;
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setSize(shown->size());
    generator.setViewBox(shown->rect());
    generator.setTitle(m_chart->accessibleName());
    QCPPainter painter;
    painter.begin(&generator);
    painter.setMode(QCPPainter::pmVectorized);
    painter.setMode(QCPPainter::pmNoCaching);
    if (m_plot)
        m_plot->toPainter(&painter, m_plot->width(), m_plot->height());
    else
        m_chart->render(&painter);
    painter.end();
    return buffer.data();
}

void ChartMenu::save(const QString &filter, const std::function<QByteArray()> &content)
{
    QWidget *const window = m_chart->window();
    askWhereToSave(window, tr("Save %1").arg(m_chart->accessibleName()), m_name, {filter},
                   [window, bytes = content()](const QString &file, int) {
                       QSaveFile out(file);
                       if (out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit())
                           return;
                       auto *message =
                           new QMessageBox(QMessageBox::Warning, tr("Not saved"),
                                           tr("%1 cannot be written: %2.").arg(file, out.errorString()),
                                           QMessageBox::Close, window);
                       message->setAttribute(Qt::WA_DeleteOnClose);
                       message->open();
                   });
}

} // namespace reslens
