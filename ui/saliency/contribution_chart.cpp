// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/contribution_chart.h"

#include "ui/base/format.h"
#include "ui/saliency/contribution_stack.h"
#include "ui/session/block_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/stage_colours.h"
#include "ui/widgets/focus_ring.h"
#include "ui/widgets/quiet_plot.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace reslens {
namespace {

constexpr double BarWidth = 0.72;
/// What remains of a bar's colour while another block is chosen.
constexpr double Faded = 0.3;
constexpr double DotSize = 4;
/// About how many steps the scale has.
constexpr double Steps = 3;
/// How much of its stage's colour a layer has: three branches and the bias.
constexpr double Strengths[]{1, 0.72, 0.5, 0.28};

/// The next of 1, 2, 5 times a power of ten.
double tickStep(double least)
{
    const double power = std::pow(10, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= least)
            return factor * power;
    return 10 * power;
}

} // namespace

ContributionChart::ContributionChart(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Chart of what each residual block adds"));
    new FocusRing(this);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMouseTracking(true);
    m_plot->setCursor(Qt::PointingHandCursor);
    m_plot->installEventFilter(this);
    makeQuiet(*m_plot);
    for (std::size_t i = 0; i < std::size_t(StageCount); ++i) {
        Stage &stage = m_stages.emplace_back();
        for (std::size_t layer = 0; layer < std::size(Strengths); ++layer) {
            stage.push_back({addBars(), addBars()});
            if (layer > 0)
                stage[layer].whole->moveAbove(stage[layer - 1].faded);
            stage[layer].faded->moveAbove(stage[layer].whole);
        }
    }
    m_sums = m_plot->addGraph();
    m_sums->setLineStyle(QCPGraph::lsNone);
    recolour();
}

QCPBars *ContributionChart::addBars()
{
    auto *bars = new QCPBars(m_plot->xAxis, m_plot->yAxis);
    bars->setWidth(BarWidth);
    bars->setPen(Qt::NoPen);
    bars->setAntialiased(false);
    return bars;
}

void ContributionChart::setExplanation(const ExplanationPtr &explanation)
{
    if (explanation == m_explanation)
        return;
    m_explanation = explanation;
    // From map to map of a network, the keyboard keeps its place.
    if (explanation && m_current >= count())
        m_current = -1;
    rebuild();
}

void ContributionChart::setStacked(bool isStacked)
{
    m_isStacked = isStacked;
    rebuild();
}

bool ContributionChart::splits() const
{
    return m_isStacked && count() > 0 && !score(0).branches.empty();
}

int ContributionChart::count() const
{
    return m_explanation ? int(m_explanation->result.scores.size()) : 0;
}

const BlockContribution &ContributionChart::score(int index) const
{
    return m_explanation->result.scores[std::size_t(index)];
}

void ContributionChart::emptyBars()
{
    for (const Stage &stage : m_stages) {
        for (const Layer &layer : stage) {
            layer.whole->data()->clear();
            layer.faded->data()->clear();
        }
    }
    m_sums->data()->clear();
}

void ContributionChart::addScore(int index, Stage &stage)
{
    const Question &question = m_explanation->question;
    const bool isChosen = question.block.isEmpty() || question.block == blockAt(index);
    const auto put = [&](std::size_t layer, double value) {
        const bool isWhole = isChosen && (!question.branch || *question.branch == int(layer));
        (isWhole ? stage[layer].whole : stage[layer].faded)->addData(index, value);
    };
    if (!splits()) {
        (isChosen ? stage.front().whole : stage.front().faded)->addData(index, score(index).total);
        return;
    }
    for (std::size_t branch = 0; branch < score(index).branches.size(); ++branch)
        put(branch, score(index).branches[branch]);
    put(stage.size() - 1, score(index).bias);
    m_sums->addData(index, score(index).total);
}

void ContributionChart::rebuild()
{
    emptyBars();
    auto names = QSharedPointer<QCPAxisTickerText>::create();
    double low = 0;
    double high = 0;
    std::size_t stage = 0;
    int first = 0;
    for (int i = 0; i < count(); ++i) {
        const QString name = stageOf(blockAt(i));
        if (name != stageOf(blockAt(first))) {
            ++stage;
            first = i;
        }
        addScore(i, m_stages[std::min(stage, m_stages.size() - 1)]);
        low = std::min(low, score(i).total);
        high = std::max(high, score(i).total);
        if (splits()) {
            for (const StackedPart &part : stacked(score(i))) {
                low = std::min(low, part.to);
                high = std::max(high, part.to);
            }
        }
        if (i + 1 == count() || stageOf(blockAt(i + 1)) != name)
            names->addTick(double(first + i) / 2, name);
    }
    m_plot->xAxis->setTicker(names);
    m_plot->xAxis->setRange(-0.7, double(count()) - 0.3);
    setScale(low, high);
    QStringList lines;
    for (int i = 0; i < count(); ++i)
        lines << detail(i);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ContributionChart::setScale(double low, double high)
{
    const double step = tickStep(std::max(high - low, 1e-30) / Steps);
    const int first = int(std::floor(low / step));
    const int last = int(std::ceil(high / step));
    const double greatest = std::max(-first, last) * step;
    // As many digits as the step has: 0.5 beside 1.5 takes two.
    const int digits = 1 + int(std::floor(std::log10(greatest)) - std::floor(std::log10(step)));
    auto ticks = QSharedPointer<QCPAxisTickerText>::create();
    for (int i = first; i <= last; ++i)
        ticks->addTick(i * step, formatBeside(i * step, greatest, digits));
    m_plot->yAxis->setTicker(ticks);
    m_plot->yAxis->setRange(first * step, last * step);
    // The outermost numbers stand half beyond their lines.
    m_plot->axisRect()->setMinimumMargins({0, fontMetrics().height() / 2 + 2, 0, 0});
}

void ContributionChart::recolour()
{
    const QColor window = palette().color(QPalette::Window);
    m_plot->setBackground(palette().window());
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        for (std::size_t layer = 0; layer < m_stages[i].size(); ++layer) {
            const QColor full = blend(window, stageColour(int(i)), Strengths[layer]);
            m_stages[i][layer].whole->setBrush(full);
            m_stages[i][layer].faded->setBrush(blend(window, full, Faded));
        }
    }
    m_sums->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, Qt::NoPen, palette().color(QPalette::WindowText), DotSize));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelColor(quietText(palette()));
        axis->setTickLabelFont(font());
    }
    m_plot->yAxis->grid()->setPen(QPen(faint(palette(), 0.09), 1));
    m_plot->yAxis->grid()->setZeroLinePen(QPen(faint(palette(), 0.45), 1));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

int ContributionChart::indexAt(const QPointF &position) const
{
    const QRect area = m_plot->axisRect()->rect();
    const int index = int(std::lround(m_plot->xAxis->pixelToCoord(position.x())));
    return position.x() >= area.left() && index >= 0 && index < count() ? index : -1;
}

std::optional<int> ContributionChart::branchAt(int index, const QPointF &position) const
{
    if (!splits() || index < 0)
        return {};
    const std::vector<StackedPart> parts = stacked(score(index));
    const double value = m_plot->yAxis->pixelToCoord(position.y());
    for (int branch = 0; branch < int(score(index).branches.size()); ++branch)
        if (parts[std::size_t(branch)].holds(value))
            return branch;
    return {};
}

QPoint ContributionChart::barPosition(int index) const
{
    return {int(m_plot->xAxis->coordToPixel(index)), m_plot->axisRect()->rect().center().y()};
}

QPoint ContributionChart::branchPosition(int index, int branch) const
{
    const StackedPart part = stacked(score(index))[std::size_t(branch)];
    return {int(m_plot->xAxis->coordToPixel(index)),
            int(m_plot->yAxis->coordToPixel((part.from + part.to) / 2))};
}

QString ContributionChart::blockAt(int index) const
{
    return QString::fromStdString(score(index).block);
}

QString ContributionChart::detail(int index, std::optional<int> branch) const
{
    const BlockContribution &shown = score(index);
    if (branch)
        return tr("%1, branch %2: %3 of %4")
            .arg(blockAt(index))
            .arg(*branch)
            .arg(formatValue(shown.branches[std::size_t(*branch)]), formatValue(shown.total));
    QString text = QStringLiteral("%1: %2").arg(blockAt(index), formatValue(shown.total));
    if (shown.branches.empty())
        return text;
    for (std::size_t i = 0; i < shown.branches.size(); ++i)
        text += tr(" · branch %1: %2").arg(i).arg(formatValue(shown.branches[i]));
    return text + tr(" · bias: %1").arg(formatValue(shown.bias));
}

bool ContributionChart::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = indexAt(help->pos());
        QToolTip::showText(help->globalPos(),
                           index >= 0 ? detail(index, branchAt(index, help->pos()))
                                            .replace(QStringLiteral(" · "), QStringLiteral("\n"))
                                      : QString(),
                           this);
        return true;
    }
    case QEvent::MouseMove: {
        const QPointF position = static_cast<QMouseEvent *>(event)->position();
        const int index = indexAt(position);
        emit pointed(index >= 0 ? detail(index, branchAt(index, position)) : QString());
        break;
    }
    case QEvent::Leave:
        emit pointed({});
        break;
    case QEvent::MouseButtonRelease: {
        auto *mouse = static_cast<QMouseEvent *>(event);
        const int index = indexAt(mouse->position());
        if (mouse->button() == Qt::LeftButton && index >= 0)
            emit chosen(blockAt(index), branchAt(index, mouse->position()));
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void ContributionChart::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (by != 0 && count() > 0) {
        m_current = std::clamp(m_current + by, 0, count() - 1);
        QToolTip::showText(mapToGlobal(barPosition(m_current)), detail(m_current), this);
        emit pointed(detail(m_current));
    } else if (enters && m_current >= 0 && m_current < count()) {
        emit chosen(blockAt(m_current));
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ContributionChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
}

} // namespace reslens
