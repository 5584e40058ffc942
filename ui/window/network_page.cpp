// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/network_page.h"

#include "ui/maps/block_page.h"
#include "ui/maps/gallery_view.h"
#include "ui/maps/tensors_dialog.h"
#include "ui/network/block_panel.h"
#include "ui/network/network_strip.h"
#include "ui/saliency/contribution_panel.h"
#include "ui/theme/appearance.h"

#include <QVBoxLayout>

namespace reslens {

NetworkPage::NetworkPage(Session &session, QWidget *parent)
    : QStackedWidget(parent), m_session(session), m_blocks(new BlockPanel(session.blocks())),
      m_block(new BlockPage(session))
{
    // An open block takes the place of the blocks and of what each adds: its maps need the height.
    addWidget(makeOverview());
    addWidget(m_block);
    connectBlocks();
}

QWidget *NetworkPage::makeOverview()
{
    auto *contributions = new ContributionPanel(m_session.explainer());
    connect(contributions, &ContributionPanel::pointed, this, &NetworkPage::pointed);
    auto *overview = new QWidget;
    auto *layout = new QVBoxLayout(overview);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2 * Grid);
    layout->addWidget(m_blocks, 4);
    layout->addWidget(contributions, 1);
    return overview;
}

void NetworkPage::connectBlocks()
{
    connect(m_blocks, &BlockPanel::pointed, this, &NetworkPage::pointed);
    connect(m_blocks, &BlockPanel::opened, &m_session, &Session::openBlock);
    connect(m_blocks, &BlockPanel::tensorOpened, this, [this](const QString &address) {
        if (const std::optional<TypedAddress> tensor = TypedAddress::parse(address))
            open(*tensor);
    });
    connect(m_blocks, &BlockPanel::saveRequested, this,
            [this](const QString &block) { askForTensors(m_session, block, this); });
    connect(m_blocks, &BlockPanel::moved, &m_session.explainer(), &Explainer::followBlock);
    connect(&m_session.explainer(), &Explainer::blockChosen, m_blocks, &BlockPanel::select);
    connect(m_block, &BlockPage::pointed, this, &NetworkPage::pointed);
    connect(m_block, &BlockPage::overlayChanged, this, &NetworkPage::overlayChanged);
    connect(m_block, &BlockPage::stepRequested, this, &NetworkPage::step);
    connect(&m_session, &Session::openedBlockChanged, this, &NetworkPage::showOpened);
    const auto enable = [this] {
        m_blocks->setOpenable(m_session.photo() != nullptr);
        m_blocks->setSavable(m_session.answer() != nullptr);
    };
    connect(&m_session, &Session::photoChanged, m_blocks, enable);
    connect(&m_session, &Session::stateChanged, m_blocks, enable);
    enable();
}

void NetworkPage::showOpened()
{
    const bool open = !m_session.openedBlock().isEmpty();
    const bool wasOpen = currentWidget() == m_block;
    if (open)
        m_blocks->select(m_session.openedBlock());
    setCurrentIndex(open ? 1 : 0);
    if (open && !wasOpen)
        m_block->gallery()->setFocus();
    else if (!open)
        focusStrip();
}

void NetworkPage::select(const QString &block)
{
    m_blocks->select(block);
}

const QString &NetworkPage::selected() const
{
    return m_blocks->selected();
}

void NetworkPage::step(int by)
{
    m_blocks->strip()->step(by);
    if (!m_session.openedBlock().isEmpty())
        m_session.openBlock(m_blocks->selected());
}

void NetworkPage::open(const TypedAddress &address)
{
    m_block->open(address);
}

bool NetworkPage::showsBlock() const
{
    return m_block->isVisible();
}

void NetworkPage::back()
{
    m_block->back();
}

void NetworkPage::openSaveMenu()
{
    m_block->openSaveMenu();
}

QWidget *NetworkPage::first() const
{
    return currentWidget() == m_block ? static_cast<QWidget *>(m_block->gallery()) : m_blocks->strip();
}

void NetworkPage::focusStrip()
{
    m_blocks->strip()->setFocus();
}

PhotoOverlay NetworkPage::overlay() const
{
    return m_block->overlay();
}

} // namespace reslens
