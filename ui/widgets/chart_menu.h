// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>
#include <functional>
#include <vector>

class QAbstractItemModel;
class QCustomPlot;
class QWidget;

namespace reslens {

/// What a chart shows, in numbers.
struct ChartTable
{
    QStringList columns;
    std::vector<QStringList> rows;

    /// A line for the columns and one for each row, values parted by `separator`; those that contain it or a
    /// quotation mark are quoted (RFC 4180).
    QString text(QChar separator) const;
};

/// All cells of a model, by their edit role.
ChartTable tableOf(const QAbstractItemModel &model);

/// A number for tables: enough digits to give every float back.
QString exactNumber(double value);

/// The menu of a chart, which the menu key opens as well: its numbers as a table, and both for taking away.
class ChartMenu : public QObject
{
    Q_OBJECT

public:
    using Table = std::function<ChartTable()>;

    /// `name` goes into file names and titles. The chart lives at least as long as the plot.
    ChartMenu(QWidget *chart, QCustomPlot *plot, const QString &name, Table table);
    /// For a chart that paints itself.
    ChartMenu(QWidget *chart, const QString &name, Table table);

    /// The chart as it is shown, as an SVG picture.
    QByteArray svg() const;

private:
    void open(const QPoint &position);
    void showTable();
    void copyTable();
    void save(const QString &filter, const std::function<QByteArray()> &content);

    QWidget *m_chart;
    QCustomPlot *m_plot = nullptr; ///< null for a chart that paints itself
    QString m_name;
    Table m_table;
};

} // namespace reslens
