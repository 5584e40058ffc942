// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_panel.h"

#include "ui/network/block_inspector.h"
#include "ui/network/block_table.h"
#include "ui/network/network_strip.h"
#include "ui/session/block_model.h"
#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace reslens {

BlockPanel::BlockPanel(BlockModel *blocks, QWidget *parent)
    : QWidget(parent), m_blocks(blocks), m_strip(new NetworkStrip), m_inspector(new BlockInspector),
      m_save(new QToolButton), m_open(new QToolButton), m_legend(new ElidedLabel)
{
    auto *header = new QHBoxLayout;
    header->setSpacing(2 * Grid);
    header->setContentsMargins(Inset, 0, 0, 0);
    m_inspector->setContentsMargins(Inset, Grid, 0, 0);
    header->addWidget(headingLabel(tr("Blocks")));
    m_legend->setToolTip(tr(
        "Tile: the mean over all channels at each position of the block's output, dark where it is least, "
        "bright where it is greatest. Each tile has a scale of its own: compare shapes, not brightness. The "
        "last one shows the probabilities of the top 5.\n"
        "Bar below a residual block: how much it changes what passes through it, ‖s·F(x)‖ / ‖x‖, the mean "
        "over the positions (Greff et al. 2017). All bars have the same scale."));
    m_legend->setForegroundRole(QPalette::PlaceholderText);
    header->addWidget(m_legend, 1);
    m_save->setIcon(themedIcon(QStringLiteral("save")));
    m_save->setToolTip(tr("Save tensors of this block or of several…"));
    m_save->setAccessibleName(m_save->toolTip());
    m_save->setAutoRaise(true);
    header->addWidget(m_save);
    m_open->setIcon(themedIcon(QStringLiteral("maps")));
    m_open->setText(tr("Feature maps"));
    m_open->setToolTip(tr("Open the selected block (Enter, or a double click)"));
    m_open->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_open->setAutoRaise(true);
    header->addWidget(m_open);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addLayout(header);
    // The strip takes what divideHeight() allows, the block the rest.
    layout->addWidget(m_strip, 1000);
    layout->addWidget(m_inspector, 1);

    m_strip->setModel(blocks);
    new ChartMenu(m_strip, QStringLiteral("blocks"), [blocks] { return tableOf(*blocks); });
    connect(blocks, &QAbstractItemModel::modelReset, this, &BlockPanel::selectAgain);
    connect(blocks, &QAbstractItemModel::dataChanged, this, &BlockPanel::showLegend);
    connect(blocks, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                const int row = m_strip->currentIndex().row();
                if (row >= first.row() && row <= last.row())
                    showSelected();
            });
    connect(m_strip->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &now) {
                if (now.isValid())
                    m_selected = now.data().toString();
                showSelected();
                emit moved(m_selected);
            });
    connect(m_save, &QToolButton::clicked, this, [this] { emit saveRequested(m_selected); });
    connect(m_open, &QToolButton::clicked, this, [this] { emit opened(m_selected); });
    connect(m_strip, &QAbstractItemView::activated, this, [this] { emit opened(m_selected); });
    connect(m_inspector, &BlockInspector::pointed, this, &BlockPanel::pointed);
    connect(m_inspector, &BlockInspector::opened, this, &BlockPanel::tensorOpened);
    setSavable(false);
    selectAgain();
}

void BlockPanel::showSelected()
{
    const QModelIndex index = m_strip->currentIndex();
    if (index.isValid())
        m_inspector->showBlock(*m_blocks, index.row());
    else
        m_inspector->clear();
}

void BlockPanel::showLegend()
{
    const QString tiles = tr("tile: channel mean");
    m_legend->setText(
        m_blocks->hasEnergies()
            ? tr("%1 · bar: change of input, 0–%2 %").arg(tiles).arg(100 * m_blocks->energyScale())
            : tiles);
}

void BlockPanel::select(const QString &block)
{
    m_selected = block;
    selectAgain();
}

void BlockPanel::setSavable(bool savable)
{
    m_save->setEnabled(savable);
}

void BlockPanel::setOpenable(bool openable)
{
    m_open->setEnabled(openable);
}

void BlockPanel::selectAgain()
{
    const bool known = m_blocks->rowCount() > 0;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_legend, m_save, m_open, m_inspector})
        widget->setVisible(known);
    showLegend();
    divideHeight();
    const QModelIndex first = m_blocks->index(0);
    const QModelIndexList same = m_blocks->match(first, Qt::DisplayRole, m_selected, 1, Qt::MatchExactly);
    m_strip->setCurrentIndex(same.isEmpty() ? first : same.front());
}

void BlockPanel::divideHeight()
{
    const int most = height() * 3 / 5;
    m_strip->setMaximumHeight(std::min(m_strip->heightFor(width(), most), most));
}

void BlockPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    divideHeight();
}

} // namespace reslens
