// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/controls.h"

#include "ui/maps/channel_filter.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <utility>

namespace reslens {
namespace {

QHBoxLayout *lineLayout(QWidget *widget)
{
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    return layout;
}

QComboBox *addCombo(QHBoxLayout *layout, const QString &name, const QString &tip)
{
    auto *combo = new QComboBox;
    combo->setAccessibleName(name);
    combo->setToolTip(tip);
    QLabel *label = quietLabel(name);
    label->setBuddy(combo);
    layout->addWidget(label);
    layout->addWidget(combo);
    return combo;
}

} // namespace

FilterControls::FilterControls(ChannelFilter *filter, QWidget *parent)
    : QWidget(parent), m_filter(filter), m_channels(new QLineEdit),
      m_hidesDead(new QCheckBox(tr("Hide dead"))), m_count(quietLabel())
{
    QHBoxLayout *layout = lineLayout(this);
    m_order = addCombo(layout, tr("Sort by"), tr("Order of the channels"));
    fillOrders();
    m_channels->setPlaceholderText(tr("12, 40–55"));
    m_channels->setToolTip(tr("Only these channels: numbers and ranges, such as 12, 40-55, 99-"));
    m_channels->setAccessibleName(tr("Only these channels"));
    m_channels->setClearButtonEnabled(true);
    m_channels->setMaximumWidth(18 * Grid);
    m_hidesDead->setToolTip(tr("Leave out channels that are 0 everywhere"));
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    layout->addWidget(m_channels, 1);
    layout->addWidget(m_hidesDead);
    layout->addStretch();
    layout->addWidget(m_count);

    connect(m_order, &QComboBox::currentIndexChanged, this, &FilterControls::sort);
    connect(m_channels, &QLineEdit::textChanged, this, &FilterControls::takeChannels);
    connect(m_hidesDead, &QCheckBox::toggled, this, &FilterControls::filterDead);
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(filter, signal, this, &FilterControls::showCount);
    connect(filter, &QAbstractItemModel::modelReset, this, &FilterControls::showCount);
}

int FilterControls::order() const
{
    return m_order->currentData().toInt();
}

void FilterControls::fillOrders()
{
    m_order->clear();
    if (m_ofValues) {
        m_order->addItem(tr("value"), ChannelModel::MeanRole);
        m_order->addItem(tr("number"), ChannelModel::ChannelRole);
    } else {
        m_order->addItem(tr("number"), ChannelModel::ChannelRole);
        m_order->addItem(tr("mean"), ChannelModel::MeanRole);
        m_order->addItem(tr("max"), ChannelModel::MaximumRole);
        m_order->addItem(tr("variance"), ChannelModel::VarianceRole);
        m_order->addItem(tr("zeros"), ChannelModel::ZerosRole);
    }
    m_order->addItem(tr("gradient × value"), ChannelModel::ScoreRole);
    m_order->setItemData(m_order->count() - 1,
                         tr("How much each channel speaks for the class that is explained, or the most "
                            "probable one:\nΣ a · ∂logit/∂a over the map, what the logit would roughly lose "
                            "without it (Molchanov et al. 2017)"),
                         Qt::ToolTipRole);
}

void FilterControls::setOfValues(bool values)
{
    if (values == m_ofValues)
        return;
    m_ofValues = values;
    const int wanted = std::exchange(m_otherOrder, order());
    {
        const QSignalBlocker blocker(m_order);
        fillOrders();
        m_order->setCurrentIndex(m_order->findData(wanted));
    }
    m_hidesDead->setVisible(!values);
    filterDead();
    sort();
    showCount();
}

void FilterControls::sort()
{
    m_filter->sortBy(order());
    emit orderChanged();
}

void FilterControls::filterDead()
{
    m_filter->setHidesDead(m_hidesDead->isChecked() && !m_ofValues);
}

void FilterControls::setHasClasses(bool has)
{
    const int row = m_order->findData(ChannelModel::ScoreRole);
    auto *item = static_cast<QStandardItemModel *>(m_order->model())->item(row);
    item->setEnabled(has);
    if (!has && m_order->currentIndex() == row)
        m_order->setCurrentIndex(0);
}

void FilterControls::takeChannels(const QString &text)
{
    m_isUnderstood = m_filter->setChannels(text);
    markWrong(*m_channels, !m_isUnderstood);
    showCount();
}

void FilterControls::showCount()
{
    m_channels->setAccessibleDescription(m_isUnderstood ? QString() : tr("Write as 12, 40–55"));
    if (!m_isUnderstood)
        return m_count->setText(m_channels->accessibleDescription());
    const int all = m_filter->sourceModel()->rowCount();
    const int shown = m_filter->rowCount();
    const QString what = m_ofValues ? tr("values") : tr("channels");
    m_count->setText(shown == all ? tr("%1 %2").arg(all).arg(what)
                                  : tr("%1 of %2 %3").arg(shown).arg(all).arg(what));
}

ColouringControls::ColouringControls(QWidget *parent) : QWidget(parent)
{
    QHBoxLayout *layout = lineLayout(this);
    m_map =
        addCombo(layout, tr("Colours"),
                 tr("Automatic: viridis from 0 for magnitudes, blue – grey – red with grey at 0 for tensors "
                    "with negative values"));
    m_map->addItem(tr("automatic"));
    for (const auto &[map, name] :
         {std::pair{ColorMap::Viridis, tr("viridis")}, std::pair{ColorMap::Inferno, tr("inferno")},
          std::pair{ColorMap::Cividis, tr("cividis")}, std::pair{ColorMap::Grey, tr("grey")},
          std::pair{ColorMap::Diverging, tr("signed")}})
        m_map->addItem(name, int(map));
    m_contrast =
        addCombo(layout, tr("over"),
                 tr("The values that the colours are stretched over: each map's own, the same for all maps "
                    "of the tensor, so that they can be compared, or the same for the pictures that "
                    "follow, so that pictures can be compared"));
    for (const auto &[contrast, name] :
         {std::pair{Contrast::Map, tr("each map")}, std::pair{Contrast::Tensor, tr("all maps")},
          std::pair{Contrast::Locked, tr("all pictures (locked)")}})
        m_contrast->addItem(name, int(contrast));
    m_cut = addCombo(layout, tr("limits"), tr("Leave out the extremes at both ends: percentiles"));
    m_cut->addItem(tr("0 – 100 %"), 0.0);
    m_cut->addItem(tr("0.5 – 99.5 %"), 0.005);
    m_cut->addItem(tr("1 – 99 %"), 0.01);
    m_cut->addItem(tr("5 – 95 %"), 0.05);
    layout->addStretch();
    for (QComboBox *combo : {m_map, m_contrast, m_cut})
        connect(combo, &QComboBox::currentIndexChanged, this, [this] { emit changed(colouring()); });
}

Colouring ColouringControls::colouring() const
{
    Colouring colouring;
    if (m_map->currentData().isValid())
        colouring.map = ColorMap(m_map->currentData().toInt());
    colouring.contrast = Contrast(m_contrast->currentData().toInt());
    colouring.cut = m_cut->currentData().toDouble();
    return colouring;
}

} // namespace reslens
