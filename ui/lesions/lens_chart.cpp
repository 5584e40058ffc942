// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/lens_chart.h"

#include "ui/theme/appearance.h"
#include "ui/theme/ink.h"
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

/// Of the lines after the explained class's, which has the accent: none that a stage has on the board above.
const QColor LineColours[]{QColor(0xc2, 0x3d, 0x92), QColor(0x6f, 0x86, 0x10), QColor(0x72, 0x7c, 0x8c),
                           QColor(0xcc, 0x3b, 0x3b), QColor(0x38, 0x8e, 0x3c), QColor(0x1b, 0x8f, 0xb8)};

} // namespace

QColor LensChart::colourOf(int row, const QPalette &palette)
{
    const QColor colour = row == 0 ? palette.color(QPalette::Highlight)
                                   : LineColours[std::size_t(row - 1) % std::size(LineColours)];
    return readableOn(palette.color(QPalette::Window), colour);
}

LensChart::LensChart(QWidget *parent)
    : QWidget(parent), m_plot(new QCustomPlot), m_shade(new QCPItemRect(m_plot)),
      m_mark(new QCPItemText(m_plot))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Chart of the classes after each of the last blocks"));
    new FocusRing(this);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->yAxis->ticker()->setTickCount(4);
    m_plot->xAxis->setLabel(tr("after mixed_7a and each block8"));
    m_plot->xAxis->setLabelPadding(2);
    makeQuiet(*m_plot);
    m_shade->setPen(Qt::NoPen);
    m_shade->setLayer(QStringLiteral("background"));
    m_mark->setText(tr("uncalibrated"));
    m_mark->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_mark->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    m_mark->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_mark->position->setCoords(0.01, 0);
    connect(m_plot, &QCustomPlot::afterLayout, this, &LensChart::placeNames);
    rebuild();
}

void LensChart::setView(const LensView &view)
{
    m_view = view;
    m_current = std::min(m_current, view.stepCount() - 1);
    rebuild();
}

void LensChart::addLine(int row)
{
    QCPGraph *graph = m_plot->addGraph();
    for (int step = 0; step < m_view.stepCount(); ++step)
        graph->addData(step, m_view.value(step, row));
    auto *name = new QCPItemText(m_plot);
    name->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    name->setPadding({});
    name->setClipToAxisRect(false);
    name->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    name->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_lines.push_back({graph, name});
}

void LensChart::fitNames()
{
    const QFontMetrics metrics(nameFont(true));
    int widest = 0;
    for (std::size_t row = 0; row < m_lines.size(); ++row)
        widest = std::max(widest, metrics.horizontalAdvance(m_view.names[int(row)]));
    // The lines need the larger part.
    const int room = std::min(widest + 1, width() * 2 / 5);
    for (std::size_t row = 0; row < m_lines.size(); ++row)
        m_lines[row].name->setText(metrics.elidedText(m_view.names[int(row)], Qt::ElideRight, room));
    m_plot->axisRect()->setMinimumMargins({0, Grid / 2, room + Grid, 0});
}

QFont LensChart::nameFont(bool isExplained) const
{
    QFont named = font();
    named.setWeight(isExplained ? QFont::DemiBold : QFont::Normal);
    return named;
}

void LensChart::rebuild()
{
    for (const Line &line : m_lines)
        m_plot->removeItem(line.name);
    m_lines.clear();
    m_plot->clearGraphs();
    for (int row = 0; m_view.lens && row < int(m_view.classes.size()); ++row)
        addLine(row);
    auto names = QSharedPointer<QCPAxisTickerText>::create();
    QStringList lines;
    for (int step = 0; step < m_view.stepCount(); ++step) {
        const QString block = QString::fromStdString(m_view.step(step).block);
        names->addTick(step, block.mid(block.indexOf(u'_') + 1));
        lines << detail(step);
    }
    m_plot->xAxis->setTicker(names);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    m_mark->setVisible(m_view.stepCount() > 1);
    m_shade->setVisible(m_view.stepCount() > 1);
    setRanges();
    recolour();
}

void LensChart::setRanges()
{
    const int last = std::max(1, m_view.stepCount() - 1);
    m_plot->xAxis->setRange(-0.3, last + 0.1);
    m_shade->topLeft->setType(QCPItemPosition::ptPlotCoords);
    m_shade->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_shade->bottomRight->setType(QCPItemPosition::ptPlotCoords);
    m_shade->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_shade->topLeft->setCoords(-0.3, 0);
    m_shade->bottomRight->setCoords(last - 0.5, 1);
    double low = 0;
    double high = m_view.scale == LensView::Scale::Probabilities ? 0.01 : 1;
    for (int step = 0; step < m_view.stepCount(); ++step) {
        for (int row = 0; row < int(m_view.classes.size()); ++row) {
            low = std::min(low, m_view.value(step, row));
            high = std::max(high, m_view.value(step, row));
        }
    }
    const double room = 0.06 * (high - low);
    // The mark stands above the lines.
    m_plot->yAxis->setRange(low == 0 ? 0 : low - room, high + 2.5 * room);
}

void LensChart::placeNames()
{
    const QCPRange range = m_plot->yAxis->range();
    const int tall = std::max(1, m_plot->axisRect()->height());
    std::vector<double> wanted;
    for (int row = 0; row < int(m_lines.size()); ++row)
        wanted.push_back((range.upper - m_view.value(m_view.stepCount() - 1, row)) / range.size());
    const double line = double(fontMetrics().height()) / tall;
    const std::vector<double> places = spread(wanted, line, line / 2, 1 - line / 2);
    const double right = 1 + double(Grid) / std::max(1, m_plot->axisRect()->width());
    for (std::size_t row = 0; row < m_lines.size(); ++row)
        m_lines[row].name->position->setCoords(right, places[row]);
}

void LensChart::recolour()
{
    m_plot->setBackground(palette().window());
    m_shade->setBrush(faint(palette(), 0.05));
    m_mark->setColor(quietText(palette()));
    m_mark->setFont(font());
    for (std::size_t row = 0; row < m_lines.size(); ++row) {
        const bool isExplained = row == 0;
        const QColor colour = colourOf(int(row), palette());
        m_lines[row].graph->setPen(QPen(colour, isExplained ? 2.5 : 1.5));
        m_lines[row].name->setColor(colour);
        m_lines[row].name->setFont(nameFont(isExplained));
    }
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setTickLabelColor(quietText(palette()));
        axis->setTickLabelFont(font());
        axis->setLabelColor(quietText(palette()));
        axis->setLabelFont(font());
    }
    fitNames();
    m_plot->yAxis->grid()->setPen(QPen(faint(palette(), 0.09), 1));
    m_plot->yAxis->grid()->setZeroLinePen(QPen(faint(palette(), 0.3), 1));
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QString LensChart::detail(int step) const
{
    QString text = QString::fromStdString(m_view.step(step).block);
    if (!m_view.step(step).isCalibrated)
        text += tr(", uncalibrated");
    for (int row = 0; row < int(m_view.classes.size()); ++row)
        text += QStringLiteral(" · %1 %2").arg(m_view.names[row], m_view.text(step, row));
    return text;
}

int LensChart::stepAt(double x) const
{
    const int step = int(std::lround(m_plot->xAxis->pixelToCoord(x)));
    return step >= 0 && step < m_view.stepCount() ? step : -1;
}

bool LensChart::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int step = stepAt(help->pos().x());
        QToolTip::showText(
            help->globalPos(),
            step >= 0 ? detail(step).replace(QStringLiteral(" · "), QStringLiteral("\n")) : QString(), this);
        return true;
    }
    if (event->type() == QEvent::MouseMove) {
        const int step = stepAt(static_cast<QMouseEvent *>(event)->position().x());
        emit pointed(step >= 0 ? detail(step) : QString());
    } else if (event->type() == QEvent::Leave) {
        emit pointed({});
    }
    return QWidget::eventFilter(watched, event);
}

void LensChart::keyPressEvent(QKeyEvent *event)
{
    const int by = event->key() == Qt::Key_Right ? 1 : event->key() == Qt::Key_Left ? -1 : 0;
    if (by == 0 || m_view.stepCount() == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    m_current = std::clamp(m_current + by, 0, m_view.stepCount() - 1);
    const QPoint place(int(m_plot->xAxis->coordToPixel(m_current)), height() / 2);
    QToolTip::showText(mapToGlobal(place),
                       detail(m_current).replace(QStringLiteral(" · "), QStringLiteral("\n")), this);
    emit pointed(detail(m_current));
}

void LensChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fitNames();
}

void LensChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
}

} // namespace reslens
