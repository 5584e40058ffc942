// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/contribution_chart.h"

#include "ui/format.h"
#include "ui/models/block_model.h"
#include "ui/theme/appearance.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <qcustomplot.h>

namespace reslens {
namespace {

/// Of the three kinds of residual blocks; as bright on dark windows as they are dark on light ones.
const QColor StageColours[]{QColor(0x2a, 0x9d, 0x8f), QColor(0x7b, 0x6f, 0xd0), QColor(0xd0, 0x8a, 0x2e)};
constexpr double BarWidth = 0.72;
/// What remains of a bar's colour while another block is chosen.
constexpr double Faded = 0.3;

} // namespace

ContributionChart::ContributionChart(QWidget *parent) : QWidget(parent), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Chart of what each residual block adds"));
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMouseTracking(true);
    m_plot->setCursor(Qt::PointingHandCursor);
    m_plot->installEventFilter(this);
    m_plot->plotLayout()->setMargins({});
    m_plot->axisRect()->setMinimumMargins({});
    m_plot->yAxis->ticker()->setTickCount(3);
    m_plot->yAxis->setNumberFormat(QStringLiteral("gb"));
    m_plot->yAxis->setTickLabelPadding(Grid / 2);
    m_plot->xAxis->setTickLabelPadding(2);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLength(0);
        axis->setSubTicks(false);
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
    }
    m_plot->xAxis->grid()->setVisible(false);
    for (std::size_t i = 0; i < std::size(StageColours); ++i)
        m_stages.push_back({addBars(), addBars()});
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
    m_explanation = explanation;
    m_current = -1;
    rebuild();
}

void ContributionChart::rebuild()
{
    for (const Stage &stage : m_stages) {
        stage.whole->data()->clear();
        stage.faded->data()->clear();
    }
    auto names = QSharedPointer<QCPAxisTickerText>::create();
    const auto count = m_explanation ? m_explanation->result.scores.size() : 0;
    double low = 0;
    double high = 0;
    std::size_t stage = 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const QString name = stageOf(blockAt(int(i)));
        if (name != stageOf(blockAt(int(first)))) {
            ++stage;
            first = i;
        }
        const double total = m_explanation->result.scores[i].total;
        low = std::min(low, total);
        high = std::max(high, total);
        const QString &chosen = m_explanation->question.block;
        const Stage &bars = m_stages[std::min(stage, m_stages.size() - 1)];
        (chosen.isEmpty() || chosen == blockAt(int(i)) ? bars.whole : bars.faded)->addData(double(i), total);
        if (i + 1 == count || stageOf(blockAt(int(i) + 1)) != name)
            names->addTick(double(first + i) / 2, name);
    }
    m_plot->xAxis->setTicker(names);
    m_plot->xAxis->setRange(-0.7, double(count) - 0.3);
    const double room = 0.06 * std::max(high - low, 1e-30);
    m_plot->yAxis->setRange(low - room, high + room);
    QStringList lines;
    for (int i = 0; i < int(count); ++i)
        lines << detail(i);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void ContributionChart::recolour()
{
    const QColor window = palette().color(QPalette::Window);
    m_plot->setBackground(palette().window());
    for (std::size_t i = 0; i < m_stages.size(); ++i) {
        m_stages[i].whole->setBrush(StageColours[i]);
        m_stages[i].faded->setBrush(blend(window, StageColours[i], Faded));
    }
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
    const int count = m_explanation ? int(m_explanation->result.scores.size()) : 0;
    return position.x() >= area.left() && index >= 0 && index < count ? index : -1;
}

QPoint ContributionChart::barPosition(int index) const
{
    return {int(m_plot->xAxis->coordToPixel(index)), m_plot->axisRect()->rect().center().y()};
}

QString ContributionChart::blockAt(int index) const
{
    return QString::fromStdString(m_explanation->result.scores[std::size_t(index)].block);
}

QString ContributionChart::detail(int index) const
{
    const BlockContribution &score = m_explanation->result.scores[std::size_t(index)];
    QString text = QStringLiteral("%1: %2").arg(blockAt(index), formatValue(score.total));
    if (score.branches.empty())
        return text;
    for (std::size_t branch = 0; branch < score.branches.size(); ++branch)
        text += tr(" · branch %1: %2").arg(branch).arg(formatValue(score.branches[branch]));
    return text + tr(" · bias: %1").arg(formatValue(score.bias));
}

bool ContributionChart::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ToolTip: {
        auto *help = static_cast<QHelpEvent *>(event);
        const int index = indexAt(help->pos());
        QToolTip::showText(help->globalPos(),
                           index >= 0 ? detail(index).replace(QStringLiteral(" · "), QStringLiteral("\n"))
                                      : QString(),
                           this);
        return true;
    }
    case QEvent::MouseMove: {
        const int index = indexAt(static_cast<QMouseEvent *>(event)->position());
        emit pointed(index >= 0 ? detail(index) : QString());
        break;
    }
    case QEvent::Leave:
        emit pointed({});
        break;
    case QEvent::MouseButtonRelease: {
        auto *mouse = static_cast<QMouseEvent *>(event);
        const int index = indexAt(mouse->position());
        if (mouse->button() == Qt::LeftButton && index >= 0)
            emit chosen(blockAt(index));
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void ContributionChart::keyPressEvent(QKeyEvent *event)
{
    const int count = m_explanation ? int(m_explanation->result.scores.size()) : 0;
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (by != 0 && count > 0) {
        m_current = std::clamp(m_current + by, 0, count - 1);
        QToolTip::showText(mapToGlobal(barPosition(m_current)), detail(m_current), this);
        emit pointed(detail(m_current));
    } else if (enters && m_current >= 0) {
        const int kept = m_current;
        emit chosen(blockAt(kept));
        m_current = kept;
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
