// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/top_chart.h"

#include "ui/session/prediction_model.h"
#include "ui/theme/appearance.h"
#include "ui/widgets/chart_menu.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMetaMethod>
#include <QToolTip>
#include <QVBoxLayout>
#include <qcustomplot.h>

namespace reslens {
namespace {

constexpr int Rows = 5;
constexpr double BarThickness = 0.16;
/// Where text stands above its bar, in rows.
constexpr double TextOffset = 0.16;
/// Where a row begins above its bar, in rows.
constexpr double RowTop = 0.75;
constexpr double Corner = 4;

/// QCustomPlot's own has no round corners.
class RoundRect : public QCPItemRect
{
public:
    using QCPItemRect::QCPItemRect;

protected:
    void draw(QCPPainter *painter) override
    {
        painter->setPen(Qt::NoPen);
        painter->setBrush(brush());
        painter->drawRoundedRect(QRectF(topLeft->pixelPosition(), bottomRight->pixelPosition()), Corner,
                                 Corner);
    }
};

QCPItemText *addText(QCustomPlot *plot, Qt::Alignment side, int row)
{
    auto *text = new QCPItemText(plot);
    text->setPositionAlignment(side | Qt::AlignBottom);
    text->setPadding({});
    text->setClipToAxisRect(false);
    text->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
    text->position->setTypeY(QCPItemPosition::ptPlotCoords);
    text->position->setCoords(side & Qt::AlignRight ? 1 : 0, row - TextOffset);
    return text;
}

/// What marks a row, below everything else.
QCPItemRect *addHover(QCustomPlot *plot)
{
    auto *hover = new RoundRect(plot);
    hover->setLayer(QStringLiteral("background"));
    hover->setVisible(false);
    for (QCPItemPosition *corner : {hover->topLeft, hover->bottomRight}) {
        corner->setTypeX(QCPItemPosition::ptAxisRectRatio);
        corner->setTypeY(QCPItemPosition::ptPlotCoords);
    }
    return hover;
}

QCPBars *addBars(QCustomPlot *plot)
{
    auto *bars = new QCPBars(plot->yAxis, plot->xAxis);
    bars->setWidth(BarThickness);
    bars->setPen(Qt::NoPen);
    bars->setAntialiased(false);
    return bars;
}

} // namespace

TopChart::TopChart(QWidget *parent)
    : QWidget(parent), m_plot(new QCustomPlot), m_tracks(addBars(m_plot)), m_bars(addBars(m_plot)),
      m_paleBars(addBars(m_plot)), m_before(addBars(m_plot)), m_hover(addHover(m_plot))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    setFocusPolicy(Qt::StrongFocus);
    m_plot->setFocusPolicy(Qt::NoFocus);
    m_plot->installEventFilter(this);
    m_plot->setMouseTracking(true);

    m_plot->axisRect()->setAutoMargins(QCP::msNone);
    m_plot->axisRect()->setMargins({});
    m_plot->plotLayout()->setMargins({});
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis})
        axis->setVisible(false);
    m_plot->xAxis->setRange(0, 1);
    m_plot->yAxis->setRange(-RowTop, Rows - RowTop);
    m_plot->yAxis->setRangeReversed(true);
    setAccessibleName(tr("Chart of the five most probable classes"));
    new ChartMenu(this, m_plot, QStringLiteral("top-5"), [this] { return tableOf(*m_model); });
    recolour();
}

QSize TopChart::sizeHint() const
{
    const int line = fontMetrics().height();
    return {280, Rows * (line + std::max(2 * Grid, line))};
}

QSize TopChart::minimumSizeHint() const
{
    return {sizeHint().width(), Rows * (fontMetrics().height() + Grid)};
}

void TopChart::setModel(QAbstractItemModel *model)
{
    m_model = model;
    connect(model, &QAbstractItemModel::modelReset, this, &TopChart::rebuild);
    rebuild();
}

void TopChart::setStale(bool stale)
{
    if (m_stale == stale)
        return;
    m_stale = stale;
    recolour();
}

void TopChart::rebuild()
{
    for (std::vector<QCPItemText *> *texts : {&m_names, &m_percentages}) {
        for (QCPItemText *text : *texts)
            m_plot->removeItem(text);
        texts->clear();
    }
    m_current = -1;
    m_explained = -1;
    QVector<double> keys, ones;
    for (int row = 0; row < std::min(Rows, m_model->rowCount()); ++row) {
        const auto cell = [&](int column) { return m_model->index(row, column); };
        keys << row;
        ones << 1;
        m_names.push_back(addText(m_plot, Qt::AlignLeft, row));
        m_percentages.push_back(addText(m_plot, Qt::AlignRight, row));
        m_percentages.back()->setText(cell(PredictionModel::Probability).data().toString());
    }
    m_tracks->setData(keys, ones, true);
    setBars();
    elideNames();
    updateAccessibility();
    recolour();
}

void TopChart::setBold(int row)
{
    if (m_bold == row)
        return;
    m_bold = row;
    recolour();
}

void TopChart::setExplained(int row)
{
    if (m_explained == row)
        return;
    m_explained = row;
    setBars();
    recolour();
}

void TopChart::setBars()
{
    m_bars->data()->clear();
    m_paleBars->data()->clear();
    m_before->data()->clear();
    for (int row = 0; row < int(m_names.size()); ++row) {
        const double share = m_model->index(row, PredictionModel::Probability).data(Qt::EditRole).toDouble();
        (m_explained < 0 || row == m_explained ? m_bars : m_paleBars)->addData(row, share);
        const QVariant before =
            m_model->index(row, PredictionModel::Probability).data(PredictionModel::BeforeRole);
        if (before.isValid())
            m_before->addData(row, before.toDouble());
    }
}

void TopChart::elideNames()
{
    for (std::size_t row = 0; row < m_names.size(); ++row) {
        const QString name = m_model->index(int(row), PredictionModel::Name).data().toString();
        const int room = width() - fontMetrics().horizontalAdvance(m_percentages[row]->text()) - 2 * Grid;
        m_names[row]->setText(fontMetrics().elidedText(name, Qt::ElideRight, room));
    }
}

void TopChart::recolour()
{
    const QColor text = m_stale ? blend(quietText(palette()), palette().color(QPalette::Window), 0.5)
                                : palette().color(QPalette::WindowText);
    const QColor accent = m_stale ? faint(palette(), 0.2) : palette().color(QPalette::Highlight);
    m_plot->setBackground(palette().window());
    m_tracks->setBrush(faint(palette(), 0.09));
    m_hover->setBrush(faint(palette(), 0.04));
    m_bars->setBrush(accent);
    m_before->setBrush(Qt::NoBrush);
    m_before->setPen(QPen(text, 1));
    m_paleBars->setBrush(blend(palette().color(QPalette::Window), accent, 0.45));
    for (std::size_t row = 0; row < m_names.size(); ++row) {
        QFont bold = font();
        bold.setWeight(int(row) == m_bold ? QFont::DemiBold : QFont::Normal);
        const bool marked = int(row) == m_current && hasFocus();
        for (QCPItemText *item : {m_names[row], m_percentages[row]}) {
            item->setFont(bold);
            item->setColor(marked ? accent : text);
        }
    }
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TopChart::updateAccessibility()
{
    QStringList lines;
    for (int row = 0; row < int(m_names.size()); ++row)
        lines << detail(row);
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
}

QString TopChart::detail(int row) const
{
    return m_model->index(row, 0).data(Qt::ToolTipRole).toString();
}

int TopChart::rowAt(const QPointF &position) const
{
    const int row = int(std::floor(m_plot->yAxis->pixelToCoord(position.y()) + RowTop));
    return row >= 0 && row < int(m_names.size()) ? row : -1;
}

void TopChart::setCurrent(int row)
{
    m_current = row;
    recolour();
    const QPoint below(Grid, int(m_plot->yAxis->coordToPixel(row + 0.25)));
    QToolTip::showText(mapToGlobal(below), detail(row), this);
}

void TopChart::setHovered(int row)
{
    static const QMetaMethod choice = QMetaMethod::fromSignal(&TopChart::chosen);
    const int hovered = isSignalConnected(choice) ? row : -1;
    if (m_hovered == hovered)
        return;
    m_hovered = hovered;
    m_hover->topLeft->setCoords(0, hovered - RowTop);
    m_hover->bottomRight->setCoords(1, hovered + 1 - RowTop);
    m_hover->setVisible(hovered >= 0);
    m_plot->setCursor(hovered >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

bool TopChart::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove)
        setHovered(rowAt(static_cast<QMouseEvent *>(event)->position()));
    if (event->type() == QEvent::Leave)
        setHovered(-1);
    if (event->type() == QEvent::MouseButtonRelease) {
        auto *mouse = static_cast<QMouseEvent *>(event);
        const int row = rowAt(mouse->position());
        if (mouse->button() == Qt::LeftButton && row >= 0)
            emit chosen(row);
    }
    if (event->type() != QEvent::ToolTip)
        return QWidget::eventFilter(watched, event);
    auto *help = static_cast<QHelpEvent *>(event);
    const int row = rowAt(help->pos());
    QToolTip::showText(help->globalPos(), row >= 0 ? detail(row) : QString(), this);
    return true;
}

void TopChart::keyPressEvent(QKeyEvent *event)
{
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enters && m_current >= 0) {
        emit chosen(m_current);
        return;
    }
    const int by = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (by == 0 || m_names.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    setCurrent(std::clamp(m_current + by, 0, int(m_names.size()) - 1));
}

void TopChart::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byKey && !m_names.empty())
        setCurrent(std::max(0, m_current));
}

void TopChart::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    recolour();
}

void TopChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        recolour();
    if (event->type() == QEvent::FontChange) {
        elideNames();
        updateGeometry();
    }
}

void TopChart::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    elideNames();
}

} // namespace reslens
