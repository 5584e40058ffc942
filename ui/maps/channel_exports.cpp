// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/channel_exports.h"

#include "ui/maps/channel_model.h"
#include "ui/maps/drag_out.h"
#include "ui/maps/gallery_view.h"
#include "ui/maps/unit.h"
#include "ui/theme/icons.h"
#include "ui/widgets/copying.h"

#include <cmath>
#include <numeric>

namespace reslens {
namespace {

int channelOf(const QModelIndex &tile)
{
    return tile.data(ChannelModel::ChannelRole).toInt();
}

} // namespace

ChannelExports::ChannelExports(Session &session, ChannelModel *model, GalleryView *gallery,
                               std::function<Shown()> shown, QWidget *page)
    : QObject(page), m_session(session), m_model(model), m_gallery(gallery), m_shown(std::move(shown)),
      m_page(page), m_menu(new ExportMenu(
                        session, [this](ExportMenu::Form form) { return exported(form); }, page)),
      m_drag(new DragOut(this))
{
    gallery->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(gallery, &QWidget::customContextMenuRequested, this, &ChannelExports::openTileMenu);
    connect(gallery, &GalleryView::copyRequested, m_menu, &ExportMenu::copy);
    connect(gallery, &GalleryView::dragStarted, this, &ChannelExports::dragOut);
    connect(m_drag, &DragOut::problem, &session, &Session::problem);
}

std::optional<MapExport> ChannelExports::exported(ExportMenu::Form form, int counted) const
{
    const BlockMaps::Map *map = m_model->map();
    if (!map)
        return {};
    MapExport wanted{m_model->maps(), m_model->position(), {}, {}, m_model->colouring(), 1};
    double side = m_gallery->iconSize().width();
    QModelIndexList picked = m_gallery->selectionModel()->selectedIndexes();
    if (const Shown shown = m_shown(); shown.channel >= 0) {
        wanted.channels = {shown.channel};
        side = shown.width;
    } else if (picked.size() >= counted) {
        std::sort(picked.begin(), picked.end());
        for (const QModelIndex &index : std::as_const(picked))
            wanted.channels.push_back(channelOf(index));
        if (form == ExportMenu::Form::Values)
            std::sort(wanted.channels.begin(), wanted.channels.end());
    } else if (form == ExportMenu::Form::Picture) {
        const QAbstractItemModel *tiles = m_gallery->model();
        for (int row = 0; row < tiles->rowCount(); ++row)
            wanted.channels.push_back(channelOf(tiles->index(row, 0)));
    } else {
        wanted.channels.resize(map->channels.size());
        std::iota(wanted.channels.begin(), wanted.channels.end(), 0);
    }
    if (wanted.channels.empty())
        return {};
    const double pixels = side * m_page->devicePixelRatioF();
    wanted.cell = std::max(1, int(std::lround(pixels / map->tensor->shape().width)));
    return wanted;
}

void ChannelExports::dragOut()
{
    std::optional<MapExport> wanted = exported(ExportMenu::Form::Picture);
    if (!wanted)
        return;
    const Shown shown = m_shown();
    const int current = shown.channel >= 0 ? shown.channel : channelOf(m_gallery->currentIndex());
    if (m_gallery->selectionModel()->selectedIndexes().size() <= 1)
        wanted->channels = {current};
    m_drag->drag(m_page, *wanted, m_model->picture(current));
}

void ChannelExports::openTileMenu(const QPoint &place)
{
    const QModelIndex tile = m_gallery->indexAt(place);
    if (!tile.isValid())
        return;
    // The menu key comes to a tile that only the cursor is on.
    if (!m_gallery->selectionModel()->isSelected(tile))
        m_gallery->setCurrentIndex(tile);
    auto *menu = new ExportMenu(
        m_session, [this](ExportMenu::Form form) { return exported(form, 1); }, m_page);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    auto *open = new QAction(themedIcon(QStringLiteral("maps")), tr("Open"), menu);
    connect(open, &QAction::triggered, this,
            [this, tile = QPersistentModelIndex(tile)] { emit openRequested(tile); });
    menu->insertAction(menu->actions().front(), open);
    menu->insertSeparator(menu->actions().at(1));
    menu->addAction(themedIcon(QStringLiteral("copy")), tr("Copy address"), this,
                    &ChannelExports::copyAddresses);
    menu->popup(m_gallery->viewport()->mapToGlobal(place));
}

void ChannelExports::copyAddresses()
{
    QModelIndexList picked = m_gallery->selectionModel()->selectedIndexes();
    std::sort(picked.begin(), picked.end());
    QStringList addresses;
    for (const QModelIndex &index : std::as_const(picked))
        addresses << channelAddress(*m_model->map(), channelOf(index));
    copyText(m_page, addresses.join(u'\n'),
             addresses.size() == 1 ? tr("Address copied") : tr("Addresses copied"));
}

} // namespace reslens
