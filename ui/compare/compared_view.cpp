// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/compared_view.h"

#include "ui/base/format.h"
#include "ui/maps/channel_view.h"
#include "ui/maps/scale_bar.h"
#include "ui/maps/unit.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <algorithm>

namespace reslens {
namespace {

constexpr double PictureHeight = 6 * Grid;

} // namespace

ComparedView::ComparedView(const QString &letter, QWidget *parent)
    : QWidget(parent), m_title(new ElidedLabel), m_picture(new QLabel), m_message(quietLabel()),
      m_readout(new ElidedLabel), m_view(new ChannelView), m_bar(new ScaleBar), m_stack(new QStackedWidget)
{
    auto *map = new QWidget;
    auto *mapLayout = new QHBoxLayout(map);
    mapLayout->setContentsMargins(0, 0, 0, 0);
    mapLayout->setSpacing(Grid / 2);
    mapLayout->addWidget(m_view, 1);
    mapLayout->addWidget(m_bar);
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignCenter);
    m_stack->addWidget(map);
    m_stack->addWidget(m_message);

    auto *title = new QHBoxLayout;
    title->setSpacing(Grid);
    title->addWidget(headingLabel(letter));
    title->addWidget(m_picture);
    title->addWidget(m_title, 1);
    // With and without a picture: the maps below stand in one line.
    title->addStrut(int(PictureHeight));
    m_picture->setAccessibleName(tr("Picture %1").arg(letter));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid / 2);
    layout->addLayout(title);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_readout);
    m_view->setMinimumSize(96, 96);
    m_view->setAccessibleName(tr("Map %1").arg(letter));
    connect(m_view, &ChannelView::unitChanged, this, &ComparedView::onUnit);
    setMessage({});
}

void ComparedView::setTitle(const QString &title)
{
    m_title->setText(title);
}

void ComparedView::setPicture(const QImage &picture)
{
    QPixmap shown = QPixmap::fromImage(picture);
    shown.setDevicePixelRatio(std::max(1.0, picture.height() / PictureHeight));
    m_picture->setPixmap(shown);
    m_picture->setVisible(!picture.isNull());
}

void ComparedView::setChannel(const BlockMapsPtr &maps, int position, int channel, const ColorScale &scale)
{
    m_maps = maps;
    m_position = position;
    m_channel = channel;
    m_view->setChannel(maps, position, channel, scale);
    m_bar->setScale(scale);
    m_stack->setCurrentIndex(0);
    onUnit();
}

void ComparedView::setMessage(const QString &text)
{
    m_maps = nullptr;
    m_view->setChannel(nullptr, 0, 0, {});
    m_message->setText(text);
    m_stack->setCurrentIndex(1);
    onUnit();
}

void ComparedView::setFigures(const QString &text)
{
    m_figures = text;
    onUnit();
}

QString ComparedView::readout() const
{
    const std::optional<QPoint> unit = m_view->unit();
    if (!m_maps || !unit)
        return {};
    const BlockMaps::Map &map = m_maps->maps[std::size_t(m_position)];
    return unitReadout(map, m_channel, *unit);
}

void ComparedView::onUnit()
{
    const std::optional<QPoint> unit = m_view->unit();
    if (!m_maps || !unit) {
        m_readout->setText(m_maps ? m_figures : QString());
        return;
    }
    const Tensor &tensor = *m_maps->maps[std::size_t(m_position)].tensor;
    m_readout->setText(tr("(%1,%2) = %3")
                           .arg(unit->y())
                           .arg(unit->x())
                           .arg(formatValue(double(tensor.at(unit->y(), unit->x(), m_channel)))));
}

void ComparedView::followUnit(const ComparedView &other)
{
    const bool sameGrid =
        m_maps && other.m_maps && m_view->picture().size() == other.m_view->picture().size();
    if (sameGrid)
        m_view->pick(other.m_view->unit());
}

void ComparedView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // A map is a square; what stands below is not far from it.
    const int side = width() - m_bar->sizeHint().width() - Grid / 2;
    m_stack->setMaximumHeight(side);
    const QLayoutItem *title = layout()->itemAt(0);
    setMaximumHeight(title->sizeHint().height() + side + m_readout->sizeHint().height() +
                     2 * layout()->spacing());
}

void ComparedView::link(ComparedView *one, ComparedView *other)
{
    const auto follow = [](ComparedView *from, ComparedView *to) {
        connect(from->m_view, &ChannelView::moved, to,
                [from, to] { to->m_view->follow(from->m_view->transform()); });
        connect(from->m_view, &ChannelView::unitChanged, to, [from, to] { to->followUnit(*from); });
    };
    follow(one, other);
    follow(other, one);
}

} // namespace reslens
