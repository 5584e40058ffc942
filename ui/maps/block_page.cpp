// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/block_page.h"

#include "ui/base/format.h"
#include "ui/explain/unit_page.h"
#include "ui/maps/channel_delegate.h"
#include "ui/maps/channel_filter.h"
#include "ui/maps/channel_model.h"
#include "ui/maps/channel_page.h"
#include "ui/maps/channel_view.h"
#include "ui/maps/controls.h"
#include "ui/maps/gallery_view.h"
#include "ui/maps/page_header.h"
#include "ui/maps/tensor_tabs.h"
#include "ui/theme/appearance.h"
#include "ui/worker/map_areas.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QShortcut>
#include <QSlider>
#include <QStackedWidget>

namespace reslens {

BlockPage::BlockPage(Session &session, QWidget *parent)
    : QWidget(parent), m_session(session), m_model(new ChannelModel(this)), m_filter(new ChannelFilter(this)),
      m_gallery(new GalleryView), m_exports(new ChannelExports(
                                      session, m_model, m_gallery, [this] { return shown(); }, this)),
      m_header(new PageHeader(m_exports->menu(), this)), m_tensors(new TensorTabs),
      m_stack(new QStackedWidget), m_channel(new ChannelPage(m_model, m_exports->menu())),
      m_unit(new UnitPage(session.unitExplainer())), m_colours(new ColouringControls),
      m_size(new QSlider(Qt::Horizontal))
{
    m_filter->setSourceModel(m_model);
    m_filterControls = new FilterControls(m_filter);
    m_gallery->setModel(m_filter);
    m_stack->addWidget(m_gallery);
    m_stack->addWidget(m_channel);
    m_stack->addWidget(m_unit);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_header);
    layout->addWidget(m_tensors);
    layout->addWidget(m_filterControls);
    // In line with the tiles, which have room for a frame on their left.
    m_filterControls->setContentsMargins(ChannelDelegate::Inset, 0, 0, 0);
    m_channel->setContentsMargins(ChannelDelegate::Inset, 0, 0, 0);
    m_unit->setContentsMargins(ChannelDelegate::Inset, 0, 0, 0);
    layout->addWidget(m_stack, 1);
    layout->addWidget(makeFoot());
    connectParts();
    m_size->setValue(96);
    onMaps();
}

QWidget *BlockPage::makeFoot()
{
    m_size->setRange(GalleryView::LeastTile, GalleryView::LargestTile);
    m_size->setAccessibleName(tr("Size of the tiles"));
    m_size->setToolTip(tr("Size of the tiles"));
    m_size->setFixedWidth(12 * Grid);
    auto *foot = new QWidget;
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(ChannelDelegate::Inset, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_colours, 1);
    layout->addWidget(m_size);
    return foot;
}

void BlockPage::connectParts()
{
    connect(&m_session, &Session::mapsChanged, this, &BlockPage::onMaps);
    connect(&m_session, &Session::stateChanged, this, &BlockPage::refresh);
    connect(m_header, &PageHeader::backRequested, this, &BlockPage::back);
    connect(m_header, &PageHeader::stepRequested, this, &BlockPage::step);
    // Wherever the keyboard is in the window, but for text fields, as long as the page is seen. Esc is the
    // window's: it stops what is running first.
    connect(new QShortcut(Qt::Key_Backspace, this), &QShortcut::activated, this, &BlockPage::back);
    connect(m_tensors, &QTabBar::currentChanged, this, &BlockPage::showTensor);
    connect(m_colours, &ColouringControls::changed, this, [this](const Colouring &colouring) {
        m_model->setColouring(colouring);
        if (showsChannel())
            m_channel->setChannel(m_channel->channel());
        refresh();
    });
    connect(m_size, &QSlider::valueChanged, m_gallery, &GalleryView::setTileSize);
    connect(m_gallery, &QAbstractItemView::activated, this, &BlockPage::openChannel);
    connect(m_gallery, &QAbstractItemView::entered, this, [this](const QModelIndex &index) {
        emit pointed(index.data(Qt::AccessibleTextRole).toString());
    });
    connect(m_exports, &ChannelExports::openRequested, this, &BlockPage::openChannel);
    connect(m_filterControls, &FilterControls::orderChanged, this, &BlockPage::askForScores);
    connect(&m_session.explainer(), &Explainer::changed, this, &BlockPage::askForScores);
    connect(&m_session.ranking(), &ChannelRanking::changed, this,
            [this] { m_model->setScores(m_session.ranking().scores()); });
    connect(m_channel, &ChannelPage::dragStarted, m_exports, &ChannelExports::dragOut);
    connect(m_channel, &ChannelPage::pointed, this, &BlockPage::pointed);
    connect(m_channel, &ChannelPage::overlayChanged, this, &BlockPage::overlayChanged);
    connect(m_channel, &ChannelPage::stepRequested, this, &BlockPage::step);
    connect(m_channel, &ChannelPage::explainRequested, this, &BlockPage::openUnit);
    connect(m_unit, &UnitPage::moveRequested, this, &BlockPage::moveUnit);
    connect(m_unit, &UnitPage::stepRequested, this, &BlockPage::step);
}

void BlockPage::openSaveMenu()
{
    m_header->openSaveMenu();
}

bool BlockPage::showsChannel() const
{
    return m_channel->channel() >= 0;
}

PhotoOverlay BlockPage::overlay() const
{
    const BlockMaps::Map *map = m_model->map();
    if (!showsUnit() || !map)
        return m_channel->overlay();
    PhotoOverlay overlay;
    overlay.unit = coveredArea(m_model->maps()->geometry(*map), *m_position, {1, 1});
    overlay.field = fieldOf(*m_model->maps(), *map, *m_position);
    overlay.caption = describeFrames(*m_model->maps(), *map, m_channel->channel(), *m_position);
    return overlay;
}

ChannelExports::Shown BlockPage::shown() const
{
    return {m_channel->channel(), m_channel->view()->mapWidth()};
}

QModelIndex BlockPage::indexOf(int channel) const
{
    return m_filter->mapFromSource(m_model->index(channel));
}

void BlockPage::open(const TypedAddress &address)
{
    m_tensors->prefer(address.tensor);
    m_wanted = address;
    if (m_session.openedBlock() == address.block)
        onMaps();
    else
        m_session.openBlock(address.block);
}

void BlockPage::onMaps()
{
    const BlockMapsPtr maps = m_session.maps();
    if (maps)
        m_tensors->setTensors(*maps);
    showTensor();
    if (maps && m_wanted && m_wanted->block == maps->block)
        openWanted(*maps);
}

std::optional<int> BlockPage::explainedClass() const
{
    const AnswerPtr answer = m_session.answer();
    if (!answer || answer->top.empty())
        return {};
    return m_session.explainer().subject().classIndex;
}

void BlockPage::askForScores()
{
    const std::optional<int> explained = explainedClass();
    // Maps on their way out belong to another picture.
    const bool wanted =
        explained && m_filterControls->order() == ChannelModel::ScoreRole && !m_session.isOpeningBlock();
    m_session.ranking().ask(wanted ? m_session.maps() : nullptr, explained.value_or(0));
    refresh();
}

void BlockPage::openWanted(const BlockMaps &maps)
{
    const TypedAddress wanted = *std::exchange(m_wanted, std::nullopt);
    const QString shown = m_model->map()->name;
    if (!wanted.tensor.isEmpty() && wanted.tensor != shown)
        m_session.report(tr("%1 has no tensor %2.").arg(maps.block, wanted.tensor));
    else if (wanted.channel >= m_model->rowCount())
        m_session.report(tr("%1 has no channel %2: its last one is %3.")
                             .arg(m_model->map()->address)
                             .arg(wanted.channel)
                             .arg(m_model->rowCount() - 1));
    else if (wanted.channel >= 0)
        openChannel(indexOf(wanted.channel));
    if (showsChannel() && wanted.position)
        openUnit(*wanted.position);
}

void BlockPage::showTensor()
{
    m_model->setMap(m_session.maps(), std::max(0, m_tensors->currentIndex()));
    m_gallery->setShowsValues(m_model->isOfValues());
    m_filterControls->setOfValues(m_model->isOfValues());
    if (showsChannel())
        m_channel->setChannel(m_channel->channel() < m_model->rowCount() ? m_channel->channel() : -1);
    if (showsUnit() && showsChannel())
        moveUnit(0, 0);
    else if (showsUnit())
        forgetUnit();
    else if (showsChannel() && m_model->isOfValues())
        showUnit({});
    if (!m_gallery->currentIndex().isValid())
        m_gallery->selectionModel()->setCurrentIndex(m_filter->index(0, 0), QItemSelectionModel::NoUpdate);
    askForScores();
}

void BlockPage::showChannel(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    m_gallery->setCurrentIndex(index);
    m_channel->setChannel(index.data(ChannelModel::ChannelRole).toInt());
    if (m_model->isOfValues())
        showUnit({});
    else
        refresh();
}

void BlockPage::openChannel(const QModelIndex &index)
{
    showChannel(index);
    if (index.isValid())
        (showsUnit() ? static_cast<QWidget *>(m_unit) : m_channel->view())->setFocus();
}

void BlockPage::closeChannel()
{
    m_channel->setChannel(-1);
    refresh();
    m_gallery->setFocus();
}

void BlockPage::showUnit(QPoint position)
{
    const BlockMaps::Map &map = *m_model->map();
    const Shape &shape = map.tensor->shape();
    m_position =
        QPoint(std::clamp(position.x(), 0, shape.width - 1), std::clamp(position.y(), 0, shape.height - 1));
    m_session.unitExplainer().ask({map.node, m_channel->channel(), *m_position, m_model->maps()->model});
    refresh();
    emit overlayChanged();
}

void BlockPage::openUnit(QPoint position)
{
    showUnit(position);
    m_unit->setFocus();
}

void BlockPage::forgetUnit()
{
    m_position.reset();
    m_session.unitExplainer().clear();
    refresh();
    emit overlayChanged();
}

void BlockPage::closeUnit()
{
    forgetUnit();
    m_channel->view()->setFocus();
}

void BlockPage::moveUnit(int columns, int rows)
{
    showUnit(*m_position + QPoint(columns, rows));
}

void BlockPage::back()
{
    if (showsUnit()) {
        closeUnit();
        // Of a single value there is no map in between.
        if (m_model->isOfValues())
            closeChannel();
    } else if (showsChannel()) {
        closeChannel();
    } else {
        m_session.openBlock({});
    }
}

void BlockPage::step(int by)
{
    if (!showsChannel()) {
        emit stepRequested(by);
        return;
    }
    if (m_filter->rowCount() == 0)
        return;
    const int row = std::max(0, m_gallery->currentIndex().row()) + by;
    showChannel(m_filter->index(std::clamp(row, 0, m_filter->rowCount() - 1), 0));
    if (showsUnit())
        moveUnit(0, 0);
}

QString BlockPage::title() const
{
    if (!showsChannel())
        return m_session.openedBlock();
    if (m_model->isOfValues())
        return m_model->index(m_channel->channel()).data().toString();
    const QString channel = QStringLiteral("ch%1").arg(m_channel->channel());
    return m_position ? channel + QStringLiteral("@(%1,%2)").arg(m_position->y()).arg(m_position->x())
                      : channel;
}

QString BlockPage::subtitle() const
{
    const BlockMaps::Map *map = m_model->map();
    if (!map)
        return {};
    if (showsChannel())
        return m_model->isOfValues() ? channelAddress(*map, m_channel->channel()) : map->address;
    QString shape = formatShape(map->tensor->shape());
    if (const auto explained = explainedClass();
        explained && m_filterControls->order() == ChannelModel::ScoreRole) {
        const std::vector<ClassLabel> &classes = m_session.answer()->model->info.classes;
        shape += tr(" · sorted for %1").arg(readableName(classes[std::size_t(*explained)].name));
    }
    if (m_model->colouring().contrast == Contrast::Map || m_model->isOfValues())
        return shape;
    const ColorScale scale = m_model->scale(0);
    const QString colours =
        m_model->colouring().contrast == Contrast::Locked ? tr("colours locked") : tr("colours");
    return tr("%1 · %2 from %3 to %4").arg(shape, colours, formatValue(scale.low), formatValue(scale.high));
}

QString BlockPage::placeholder() const
{
    if (m_model->map())
        return tr("No channel is left by the filter.");
    return m_session.isBusy() || m_session.isOpeningBlock()
               ? tr("The maps come as soon as the network has seen the picture.")
               : tr("There is no picture that the network has seen.");
}

void BlockPage::refresh()
{
    const BlockMaps::Map *map = m_model->map();
    const bool channel = showsChannel();
    const bool values = m_model->isOfValues();
    const PageHeader::Level level = showsUnit() && !values ? PageHeader::Level::Unit
                                    : channel              ? PageHeader::Level::Channel
                                                           : PageHeader::Level::Block;
    m_header->setContent(level, title(), subtitle());
    m_tensors->setVisible(map);
    m_filterControls->setVisible(map && !channel);
    if (m_session.answer())
        m_filterControls->setHasClasses(explainedClass().has_value() &&
                                        m_session.openedBlock() != QLatin1String("predictions"));
    m_size->setVisible(!channel && !values);
    m_colours->setVisible(!showsUnit() && !values);
    m_colours->setEnabled(map);
    m_gallery->setPlaceholder(placeholder());
    m_stack->setCurrentWidget(showsUnit() ? static_cast<QWidget *>(m_unit)
                              : channel   ? static_cast<QWidget *>(m_channel)
                                          : m_gallery);
}

void BlockPage::keyPressEvent(QKeyEvent *event)
{
    const bool up = event->key() == Qt::Key_Up;
    if ((up || event->key() == Qt::Key_Down) && event->modifiers() & Qt::AltModifier)
        emit stepRequested(up ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace reslens
