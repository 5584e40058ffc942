// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/scale_board.h"

#include "ui/base/format.h"
#include "ui/session/block_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/stage_colours.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

/// Room between two stages, in columns.
constexpr double StageGap = 0.8;
constexpr double BarShare = 0.7;
/// A factor this close to a whole number snaps to it.
constexpr float Snap = 0.04F;

} // namespace

ScaleBoard::ScaleBoard(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(tr("Scales of the residual blocks"));
}

void ScaleBoard::setLesions(const LesionSet &lesions)
{
    m_blocks = lesions.blocks();
    m_stages.clear();
    for (int i = 0; i < int(m_blocks.size()); ++i) {
        const QString stage = stageOf(QString::fromStdString(m_blocks[std::size_t(i)].block));
        if (m_stages.empty() || m_stages.back().name != stage)
            m_stages.push_back({stage, i, 0});
        ++m_stages.back().count;
    }
    const bool isKnown = !m_chosen.isEmpty() && !std::isnan(factorOf(m_chosen));
    if (!isKnown)
        choose(m_blocks.empty() ? QString() : QString::fromStdString(m_blocks.front().block));
    setAccessibleDescription(m_chosen.isEmpty() ? QString() : detail(m_chosen));
    update();
}

void ScaleBoard::choose(const QString &name)
{
    if (name == m_chosen)
        return;
    m_chosen = name;
    setAccessibleDescription(name.isEmpty() ? QString() : detail(name));
    update();
    emit chosenChanged();
}

QRect ScaleBoard::bars() const
{
    const int left = fontMetrics().horizontalAdvance(QStringLiteral("2")) + Grid;
    const int below = fontMetrics().height() + Grid;
    return rect().adjusted(left, fontMetrics().height() / 2 + 1, 0, -below);
}

QRectF ScaleBoard::column(int index) const
{
    int gaps = 0;
    for (const Stage &stage : m_stages)
        gaps += index >= stage.first + stage.count;
    const double all =
        double(m_blocks.size()) + StageGap * double(std::max<std::size_t>(m_stages.size(), 1) - 1);
    const double width = bars().width() / std::max(all, 1.0);
    return {bars().left() + (index + StageGap * gaps) * width, double(bars().top()), width,
            double(bars().height())};
}

QRect ScaleBoard::barArea(const QString &block) const
{
    for (int i = 0; i < int(m_blocks.size()); ++i)
        if (m_blocks[std::size_t(i)].block == block.toStdString())
            return column(i).toAlignedRect();
    return {};
}

QRect ScaleBoard::stageArea(const QString &name) const
{
    for (const Stage &stage : m_stages) {
        if (stage.name != name)
            continue;
        const QRectF whole = column(stage.first).united(column(stage.first + stage.count - 1));
        const int top = bars().bottom() + 1;
        return QRectF(whole.left(), top, whole.width(), height() - top).toAlignedRect();
    }
    return {};
}

int ScaleBoard::heightOf(float factor) const
{
    return bars().bottom() + 1 -
           int(std::lround(std::clamp(factor, 0.0F, Most) / Most * float(bars().height())));
}

float ScaleBoard::factorAt(int y) const
{
    const float factor = Most * float(bars().bottom() + 1 - y) / float(bars().height());
    const float whole = std::round(factor);
    return std::clamp(std::abs(factor - whole) < Snap ? whole : factor, 0.0F, Most);
}

/// Of a stage: its first block's; not a number for what does not exist.
float ScaleBoard::factorOf(const QString &name) const
{
    for (const Lesion &lesion : m_blocks) {
        const QString block = QString::fromStdString(lesion.block);
        if (block == name || stageOf(block) == name)
            return lesion.residual;
    }
    return NAN;
}

bool ScaleBoard::isChosen(int index) const
{
    const QString block = QString::fromStdString(m_blocks[std::size_t(index)].block);
    return block == m_chosen || stageOf(block) == m_chosen;
}

QString ScaleBoard::nameAt(QPoint position) const
{
    for (const Stage &stage : m_stages)
        if (stageArea(stage.name).contains(position))
            return stage.name;
    for (int i = 0; i < int(m_blocks.size()); ++i)
        if (column(i).contains(position))
            return QString::fromStdString(m_blocks[std::size_t(i)].block);
    return {};
}

QString ScaleBoard::detail(const QString &name) const
{
    const auto stage = std::ranges::find(m_stages, name, &Stage::name);
    if (stage != m_stages.end())
        return tr("%1: all %2 blocks").arg(name).arg(stage->count);
    return tr("%1 × %2").arg(name, formatFixed(double(factorOf(name)), 2));
}

void ScaleBoard::paintScale(QPainter &painter) const
{
    painter.setPen(quietText(palette()));
    for (const int factor : {0, 1, 2}) {
        const int y = heightOf(float(factor));
        painter.drawText(
            QRect(0, y - fontMetrics().height(), bars().left() - Grid, 2 * fontMetrics().height()),
            Qt::AlignRight | Qt::AlignVCenter, QString::number(factor));
    }
}

void ScaleBoard::paintBar(QPainter &painter, int index, const QColor &colour) const
{
    const Lesion &lesion = m_blocks[std::size_t(index)];
    const QRectF whole = column(index);
    const double inset = whole.width() * (1 - BarShare) / 2;
    const QRect track = whole.adjusted(inset, 0, -inset, 0).toRect();
    painter.fillRect(track, faint(palette(), isChosen(index) ? 0.2 : 0.07));
    const int top = heightOf(lesion.residual);
    const bool isWhole = std::ranges::all_of(lesion.branches, [](float factor) { return factor == 1; });
    QRect bar = track;
    bar.setTop(top);
    // Paler where a branch inside is not as it was.
    painter.fillRect(bar, isWhole ? colour : blend(palette().color(QPalette::Window), colour, 0.55));
    if (lesion.residual > 1) {
        bar.setBottom(heightOf(1) - 1);
        painter.fillRect(bar, QBrush(palette().color(QPalette::Window), Qt::BDiagPattern));
    }
    if (lesion.residual <= 0) {
        painter.setPen(QPen(palette().color(QPalette::WindowText), 1.5));
        painter.drawLine(track.left(), bars().bottom(), track.right(), bars().bottom());
    }
}

void ScaleBoard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_blocks.empty())
        return;
    paintScale(painter);
    for (std::size_t s = 0; s < m_stages.size(); ++s) {
        const Stage &stage = m_stages[s];
        for (int i = stage.first; i < stage.first + stage.count; ++i)
            paintBar(painter, i, stageColour(int(s)));
        const bool isMarked = m_chosen == stage.name;
        painter.setPen(isMarked ? palette().color(QPalette::WindowText) : quietText(palette()));
        painter.drawText(stageArea(stage.name), Qt::AlignHCenter | Qt::AlignBottom, stage.name);
    }
    painter.fillRect(QRect(bars().left(), heightOf(1), bars().width(), 1), faint(palette(), 0.45));
    if (!hasFocus())
        return;
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    const QRect marked = stageArea(m_chosen).united(barArea(m_chosen));
    painter.drawRect(marked.adjusted(1, 1, -1, -1));
}

void ScaleBoard::toggle(const QString &name)
{
    emit scaled(name, factorOf(name) == 0 ? 1.0F : 0.0F);
}

void ScaleBoard::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::LeftButton ? nameAt(event->position().toPoint()) : QString();
    m_pressedAt = event->position().toPoint();
    m_drags = false;
    if (!m_pressed.isEmpty())
        choose(m_pressed);
}

void ScaleBoard::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint position = event->position().toPoint();
    if (m_pressed.isEmpty()) {
        const QString name = nameAt(position);
        emit pointed(name.isEmpty() ? QString() : detail(name));
        return;
    }
    const bool isBar = m_pressedAt.y() <= bars().bottom();
    if (isBar && std::abs(position.y() - m_pressedAt.y()) >= QApplication::startDragDistance() / 2)
        m_drags = true;
    if (!m_drags)
        return;
    emit scaled(m_pressed, factorAt(position.y()));
    emit pointed(detail(m_pressed));
}

void ScaleBoard::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_pressed.isEmpty() && !m_drags && nameAt(event->position().toPoint()) == m_pressed)
        toggle(m_pressed);
    if (!m_pressed.isEmpty())
        emit pointed(detail(m_pressed));
    m_pressed.clear();
}

void ScaleBoard::leaveEvent(QEvent *)
{
    emit pointed({});
}

void ScaleBoard::step(int by)
{
    const auto at = std::ranges::find_if(m_blocks, [&](const Lesion &lesion) {
        const QString block = QString::fromStdString(lesion.block);
        return block == m_chosen || stageOf(block) == m_chosen;
    });
    const int now = at == m_blocks.end() ? 0 : int(at - m_blocks.begin()) + by;
    choose(QString::fromStdString(m_blocks[std::size_t(std::clamp(now, 0, int(m_blocks.size()) - 1))].block));
}

void ScaleBoard::keyPressEvent(QKeyEvent *event)
{
    if (m_blocks.empty())
        return QWidget::keyPressEvent(event);
    const auto shift = [&](float by) {
        const float factor = std::round((factorOf(m_chosen) + by) * 10) / 10;
        emit scaled(m_chosen, std::clamp(factor, 0.0F, Most));
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return step(-1);
    case Qt::Key_Right:
        return step(1);
    case Qt::Key_Up:
        return shift(0.1F);
    case Qt::Key_Down:
        return shift(-0.1F);
    case Qt::Key_Space:
        return toggle(m_chosen);
    case Qt::Key_Backspace:
        emit scaled(m_chosen, 1);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

bool ScaleBoard::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const QString name = nameAt(help->pos());
    QToolTip::showText(
        help->globalPos(),
        name.isEmpty() ? QString() : detail(name) + tr("\nclick: off and on; drag up and down: scale"), this);
    return true;
}

} // namespace reslens
