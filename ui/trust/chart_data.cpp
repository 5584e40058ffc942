// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/trust/chart_data.h"

#include "ui/base/format.h"

#include <QCoreApplication>
#include <QStandardItemModel>
#include <algorithm>

namespace reslens {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ChartData", text);
}

ChartData::Line ofChance(const std::vector<Curve> &curves)
{
    ChartData::Line line{tr("random order ± deviation"), {}, {}, true};
    for (std::size_t step = 0; step < curves.front().probabilities.size(); ++step) {
        std::vector<double> values;
        for (const Curve &curve : curves)
            values.push_back(curve.probabilities[step]);
        const Spread spread = spreadOf(values);
        line.values.push_back(spread.mean);
        line.deviation.push_back(spread.deviation);
    }
    return line;
}

} // namespace

ChartData chartOf(const Examination::Game &game, const QString &placeTitle, const QString &valueTitle)
{
    ChartData data{
        .placeTitle = placeTitle,
        .valueTitle = valueTitle,
        .places = {},
        .placeMarks = {},
        .lines = {{tr("this map's order"), game.map.probabilities, {}, false}, ofChance(game.random)}};
    const int steps = int(game.map.probabilities.size()) - 1;
    for (int step = 0; step <= steps; ++step) {
        data.places.push_back(QStringLiteral("%1 %").arg(100.0 * step / steps, 0, 'f', 0));
        data.placeMarks.push_back(step % (steps / 4) == 0 ? data.places.back() : QString());
    }
    double highest = 0;
    for (const ChartData::Line &line : data.lines)
        for (std::size_t step = 0; step < line.values.size(); ++step)
            highest =
                std::max(highest, line.values[step] + (line.deviation.empty() ? 0 : line.deviation[step]));
    data.high = std::min(1.0, std::max(0.05, 1.15 * highest));
    return data;
}

ChartData chartOf(const std::vector<CascadeStage> &cascade)
{
    ChartData data{.placeTitle = tr("random weights from the end to"),
                   .valueTitle = tr("likeness to the map (rank correlation)"),
                   .places = {tr("none")},
                   .placeMarks = {tr("none")},
                   .lines = {{tr("this map"), {1}, {}, false}, {tr("edge detector"), {1}, {}, true}}};
    for (const CascadeStage &stage : cascade) {
        data.places.push_back(QString::fromStdString(stage.part));
        // Not every name has room: these are the residual blocks and the stem.
        const bool isMarked = data.places.size() % 2 == 0 && data.places.size() > 2;
        data.placeMarks.push_back(isMarked ? data.places.back() : QString());
        for (std::size_t i = 0; i < data.lines.size(); ++i) {
            data.lines[i].values.push_back(stage.correlations[i]);
            data.low = std::min(data.low, stage.correlations[i] - 0.05);
        }
    }
    data.high = 1.05;
    return data;
}

ChartTable numbersOf(const ChartData &data)
{
    ChartTable table{{data.placeTitle}, {}};
    for (const QString &place : data.places)
        table.rows.push_back({place});
    const auto addColumn = [&](const QString &title, const std::vector<double> &values) {
        table.columns << title;
        for (std::size_t row = 0; row < values.size(); ++row)
            table.rows[row] << exactNumber(values[row]);
    };
    for (const ChartData::Line &line : data.lines) {
        addColumn(line.name, line.values);
        if (!line.deviation.empty())
            addColumn(QStringLiteral("%1 ±").arg(line.name), line.deviation);
    }
    return table;
}

QAbstractItemModel *tableOf(const ChartData &data, QObject *parent)
{
    auto *model = new QStandardItemModel(int(data.places.size()), int(data.lines.size()) + 1, parent);
    const auto set = [&](int row, int column, const QString &text) {
        auto *item = new QStandardItem(text);
        item->setEditable(false);
        if (column > 0)
            item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        model->setItem(row, column, item);
    };
    QStringList titles{data.placeTitle};
    for (int row = 0; row < model->rowCount(); ++row)
        set(row, 0, data.places[std::size_t(row)]);
    for (int column = 1; column < model->columnCount(); ++column) {
        const ChartData::Line &line = data.lines[std::size_t(column - 1)];
        titles << line.name;
        for (std::size_t row = 0; row < line.values.size(); ++row) {
            const QString value = formatFixed(line.values[row], 3);
            set(int(row), column,
                line.deviation.empty()
                    ? value
                    : QStringLiteral("%1 ± %2").arg(value, formatFixed(line.deviation[row], 3)));
        }
    }
    model->setHorizontalHeaderLabels(titles);
    return model;
}

} // namespace reslens
