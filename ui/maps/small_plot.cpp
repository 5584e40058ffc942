// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/small_plot.h"

#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/quiet_plot.h"

#include <QEvent>
#include <QLabel>
#include <QVBoxLayout>
#include <qcustomplot.h>

namespace reslens {

SmallPlot::SmallPlot(const QString &name, const QString &fileName, QWidget *parent)
    : QWidget(parent), m_caption(quietLabel()), m_plot(new QCustomPlot)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_caption);
    layout->addWidget(m_plot, 1);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(name);
    m_caption->setContentsMargins(Grid, 0, 0, 0);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_plot->plotLayout()->setMargins({});
    m_plot->axisRect()->setMinimumMargins({});
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->grid()->setVisible(false);
        axis->setSubTicks(false);
        axis->setTickLength(0, 3);
        axis->setTickLabelPadding(2);
    }
    m_plot->xAxis->ticker()->setTickCount(4);
    m_plot->yAxis->ticker()->setTickCount(3);
    writeNumbers(*m_plot->xAxis);
    writeNumbers(*m_plot->yAxis);
    new ChartMenu(this, m_plot, fileName, [this] { return table(); });
}

void SmallPlot::setCaption(const QString &text)
{
    m_caption->setText(text);
}

void SmallPlot::recolour()
{
    m_plot->setBackground(palette().window());
    // The line below everything tells where the keyboard is.
    const QColor line = hasFocus() ? palette().color(QPalette::Highlight) : faint(palette(), 0.3);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(QPen(line, hasFocus() ? 2 : 1));
        axis->setTickPen(QPen(faint(palette(), 0.3)));
        axis->setTickLabelColor(quietText(palette()));
        axis->setTickLabelFont(font());
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void SmallPlot::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    recolour();
}

void SmallPlot::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
}

void SmallPlot::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    recolour();
}

void SmallPlot::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    recolour();
}

} // namespace reslens
