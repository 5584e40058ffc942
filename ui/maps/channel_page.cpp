// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/channel_page.h"

#include "ui/base/format.h"
#include "ui/maps/channel_model.h"
#include "ui/maps/channel_view.h"
#include "ui/maps/export_menu.h"
#include "ui/maps/histogram.h"
#include "ui/maps/profile.h"
#include "ui/maps/scale_bar.h"
#include "ui/maps/unit.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/copying.h"
#include "ui/worker/map_areas.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QContextMenuEvent>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QSlider>
#include <algorithm>

namespace reslens {

namespace {

/// From this width on, the figures stand beside the map.
constexpr int WidePage = 700;
constexpr int LeastColumn = 280;
constexpr int MostColumn = 340;

/// The widget's, from left to right at first.
QBoxLayout *turningBox(QWidget *widget = nullptr)
{
    auto *box = new QBoxLayout(QBoxLayout::LeftToRight, widget);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(Grid);
    return box;
}

} // namespace

ChannelPage::ChannelPage(const ChannelModel *model, ExportMenu *save, QWidget *parent)
    : QWidget(parent), m_model(model), m_save(save), m_view(new ChannelView), m_bar(new ScaleBar),
      m_histogram(new Histogram), m_profile(new Profile),
      m_overPhoto(new QCheckBox(tr("Lay over the photo"))), m_opacity(new QSlider(Qt::Horizontal)),
      m_all(turningBox(this)), m_mapBox(turningBox()), m_plots(turningBox()), m_foot(makeFoot())
{
    m_mapBox->addWidget(m_view, 1);
    m_mapBox->addWidget(m_bar);
    m_mapBox->addStretch();
    m_all->addLayout(m_mapBox, 1);
    m_all->addWidget(m_foot);
    m_all->addStretch();
    arrange();

    m_view->installEventFilter(this);
    m_view->setToolTip(tr("Double click a cell (Enter) to see how its number came to be"));
    connect(m_view, &ChannelView::unitChanged, this, &ChannelPage::onUnit);
    connect(m_view, &ChannelView::stepRequested, this, &ChannelPage::stepRequested);
    connect(m_view, &ChannelView::copyRequested, this, &ChannelPage::copyReadout);
    connect(m_view, &ChannelView::dragStarted, this, &ChannelPage::dragStarted);
    connect(m_overPhoto, &QCheckBox::toggled, this, &ChannelPage::overlayChanged);
    connect(m_overPhoto, &QCheckBox::toggled, m_opacity, &QWidget::setEnabled);
    connect(m_opacity, &QSlider::valueChanged, this, &ChannelPage::overlayChanged);
}

QWidget *ChannelPage::makeFigures()
{
    auto *widget = new QWidget;
    auto *figures = new QGridLayout(widget);
    figures->setContentsMargins(0, 0, 0, 0);
    figures->setHorizontalSpacing(2 * Grid);
    figures->setVerticalSpacing(2);
    int row = 0;
    for (const QString &caption : {tr("Min"), tr("Max"), tr("Mean"), tr("Deviation"), tr("Zeros")}) {
        m_figures.push_back(new QLabel);
        m_figures.back()->setAlignment(Qt::AlignRight);
        figures->addWidget(quietLabel(caption), row, 0);
        figures->addWidget(m_figures.back(), row++, 1);
    }
    figures->setColumnMinimumWidth(1, fontMetrics().horizontalAdvance(QStringLiteral("−0.00000")));
    figures->setColumnStretch(2, 1);
    figures->setRowStretch(row, 1);
    return widget;
}

QWidget *ChannelPage::makeFoot()
{
    m_overPhoto->setToolTip(tr("Show this map on the photo, where the network's geometry puts it"));
    m_opacity->setRange(0, 100);
    m_opacity->setValue(60);
    m_opacity->setEnabled(false);
    m_opacity->setAccessibleName(tr("Opacity of the map over the photo"));
    m_opacity->setToolTip(tr("Opacity of the map over the photo"));
    m_opacity->setMaximumWidth(20 * Grid);
    auto *over = new QHBoxLayout;
    over->setSpacing(Grid);
    over->addWidget(m_overPhoto);
    over->addWidget(m_opacity, 1);
    over->addStretch();

    auto *foot = new QWidget;
    m_plots->addWidget(makeFigures());
    m_plots->addWidget(m_histogram, 1);
    m_plots->addWidget(m_profile, 1);
    auto *layout = new QVBoxLayout(foot);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addLayout(m_plots);
    layout->addLayout(over);
    layout->addStretch(1);
    return foot;
}

void ChannelPage::arrange()
{
    const QSize room = contentsRect().size();
    const bool wide = room.width() >= WidePage;
    const auto along = wide ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight;
    m_all->setDirection(wide ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    m_all->setSpacing(wide ? 2 * Grid : Grid);
    m_mapBox->setDirection(along);
    m_plots->setDirection(along);
    m_plots->setSpacing(wide ? 2 * Grid : 3 * Grid);
    m_bar->setOrientation(wide ? Qt::Horizontal : Qt::Vertical);
    // Maps are square: beside its column, the view is as large as they can be.
    const int side = std::clamp(room.height() - Grid - m_bar->sizeHint().height(), 0,
                                std::max(0, room.width() - 2 * Grid - LeastColumn));
    const int column = std::clamp(room.width() - 2 * Grid - side, LeastColumn, MostColumn);
    m_view->setMaximumSize(wide ? QSize(side, side) : QSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX));
    m_bar->setMaximumWidth(wide ? side : QWIDGETSIZE_MAX);
    m_foot->setMinimumWidth(wide ? column : 0);
    m_foot->setMaximumWidth(wide ? column : QWIDGETSIZE_MAX);
}

void ChannelPage::setChannel(int channel)
{
    const BlockMaps::Map *map = m_model->map();
    m_channel = map ? channel : -1;
    if (m_channel < 0) {
        m_view->setChannel(nullptr, 0, 0, {});
        m_profile->setChannel(nullptr, {}, 0, 0);
        emit overlayChanged();
        return;
    }
    const ColorScale scale = m_model->scale(channel);
    m_view->setChannel(m_model->maps(), m_model->position(), channel, scale);
    m_bar->setScale(scale);
    const Statistics &figures = map->channels[std::size_t(channel)];
    const TensorView values = channelOf(map->tensor->view(), channel);
    const bool isSingle = map->tensor->shape().positions() == 1;
    m_histogram->setVisible(!isSingle);
    m_profile->setVisible(!isSingle);
    m_histogram->setChannel(values, figures.minimum, figures.maximum, scale);
    m_profile->setChannel(m_model->maps(), values, figures.minimum, figures.maximum);
    const QStringList texts{formatValue(figures.minimum), formatValue(figures.maximum),
                            formatValue(figures.mean), formatValue(figures.standardDeviation),
                            formatPercent(figures.shareOfZeros)};
    for (std::size_t i = 0; i < m_figures.size(); ++i)
        m_figures[i]->setText(texts[qsizetype(i)]);
    m_view->setAccessibleDescription(channelAddress(*map, channel));
    emit overlayChanged();
}

PhotoOverlay ChannelPage::overlay() const
{
    PhotoOverlay overlay;
    const BlockMaps::Map *map = m_model->map();
    if (!isVisible() || !map || m_channel < 0)
        return overlay;
    const MapGeometry &geometry = m_model->maps()->geometry(*map);
    if (m_overPhoto->isChecked()) {
        overlay.map = m_view->picture();
        overlay.mapArea = coveredArea(geometry, {0, 0}, overlay.map.size());
        overlay.opacity = m_opacity->value() / 100.0;
        overlay.caption = tr("Over the picture: %1").arg(channelAddress(*map, m_channel));
    }
    if (const std::optional<QPoint> unit = m_view->unit()) {
        overlay.unit = coveredArea(geometry, *unit, {1, 1});
        overlay.field = fieldOf(*m_model->maps(), *map, *unit);
        overlay.caption = describeFrames(*m_model->maps(), *map, m_channel, *unit);
    }
    return overlay;
}

QString ChannelPage::readout() const
{
    const BlockMaps::Map *map = m_model->map();
    const std::optional<QPoint> unit = m_view->unit();
    return map && unit && m_channel >= 0 ? unitReadout(*map, m_channel, *unit) : QString();
}

void ChannelPage::onUnit()
{
    if (m_channel < 0)
        return;
    if (m_view->unit())
        m_profile->setUnit(m_view->unit());
    emit pointed(readout());
    emit overlayChanged();
}

void ChannelPage::copyReadout()
{
    const QString value = readout();
    copyText(this, value.isEmpty() ? channelAddress(*m_model->map(), m_channel) : value,
             value.isEmpty() ? tr("Address copied") : tr("Address and value copied"));
}

void ChannelPage::explain()
{
    if (const std::optional<QPoint> unit = m_view->unit(); unit && m_channel >= 0)
        emit explainRequested(*unit);
}

bool ChannelPage::eventFilter(QObject *watched, QEvent *event)
{
    const bool enter = event->type() == QEvent::KeyPress && [event] {
        const int key = static_cast<QKeyEvent *>(event)->key();
        return key == Qt::Key_Return || key == Qt::Key_Enter;
    }();
    if (enter || event->type() == QEvent::MouseButtonDblClick) {
        explain();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void ChannelPage::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_channel < 0)
        return;
    const BlockMaps::Map &map = *m_model->map();
    const std::optional<QPoint> unit = m_view->unit();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto addCopy = [&](const QString &text, const QString &copied, const QString &confirmation) {
        menu->addAction(themedIcon(QStringLiteral("copy")), text, this,
                        [this, copied, confirmation] { copyText(this, copied, confirmation); });
    };
    if (unit) {
        menu->addAction(themedIcon(QStringLiteral("info")), tr("How this number came to be"), this,
                        &ChannelPage::explain);
        menu->addSeparator();
        addCopy(tr("Copy address and value"), readout(), tr("Address and value copied"));
        addCopy(tr("Copy address"), unitAddress(map, m_channel, *unit), tr("Address copied"));
    }
    addCopy(tr("Copy the channel's address"), channelAddress(map, m_channel), tr("Address copied"));
    menu->addSeparator();
    m_save->describe();
    menu->addActions(m_save->actions());
    menu->popup(event->globalPos());
}

void ChannelPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void ChannelPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    emit overlayChanged();
}

void ChannelPage::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    emit pointed({});
    emit overlayChanged();
}

} // namespace reslens
