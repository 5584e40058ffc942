// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/tensor_tabs.h"

#include "ui/base/format.h"
#include "ui/theme/appearance.h"

#include <QEvent>
#include <QRegularExpression>
#include <QSignalBlocker>

namespace reslens {

QString explainTensor(const QString &block, const QString &name)
{
    if (name == QLatin1String("input"))
        return block == QLatin1String("stem") ? TensorTabs::tr("The picture as the network gets it")
                                              : TensorTabs::tr("x: what the block before has put out");
    if (name == QLatin1String("pool"))
        return TensorTabs::tr("The mean of each channel over all positions");
    if (name.startsWith(QLatin1String("dense_")))
        return TensorTabs::tr("A dense layer before the last one");
    if (name == QLatin1String("logits"))
        return TensorTabs::tr("What speaks for each class: a weighted sum of the means, and a bias");
    if (name == QLatin1String("probabilities"))
        return TensorTabs::tr("The softmax of the logits: all of them add up to 1");
    if (name.contains(QLatin1String("_conv_")))
        return TensorTabs::tr("A convolution on the way along a branch");
    if (name.startsWith(QLatin1String("branch_")))
        return TensorTabs::tr("The end of one of the block's parallel branches");
    if (name == QLatin1String("mixed"))
        return TensorTabs::tr("The branches' maps, stacked");
    if (name == QLatin1String("residual"))
        return TensorTabs::tr("s·F(x): the correction that the block adds, scaled and with its bias");
    if (name == QLatin1String("sum"))
        return TensorTabs::tr("x + s·F(x): the input with the correction added");
    if (name.startsWith(QLatin1String("conv_")))
        return TensorTabs::tr("A convolution with batch normalization and ReLU");
    if (name.startsWith(QLatin1String("pool_")))
        return TensorTabs::tr("The greatest of each 3 × 3 window: half as high and wide");
    return TensorTabs::tr("What the block hands on to the next one");
}

namespace {

/// "branch_2_conv_1" is "2·conv_1" where room is short: the branch's end stands beside it.
QString shortName(const QString &name)
{
    static const QRegularExpression inner(QStringLiteral("^branch_(\\d+)_"));
    return QString(name).replace(inner, QStringLiteral("\\1·"));
}

} // namespace

TensorTabs::TensorTabs(QWidget *parent) : LineTabs(parent)
{
    setAccessibleName(tr("Tensors of the block"));
    connect(this, &QTabBar::tabBarClicked, this,
            [this](int index) { m_preferred = tabData(index).toString(); });
}

void TensorTabs::setTensors(const BlockMaps &maps)
{
    const QSignalBlocker quiet(this);
    while (count() > int(maps.maps.size()))
        removeTab(count() - 1);
    int chosen = int(maps.maps.size()) - 1;
    for (int i = 0; i < int(maps.maps.size()); ++i) {
        const BlockMaps::Map &map = maps.maps[std::size_t(i)];
        if (i >= count())
            addTab(map.name);
        setTabData(i, map.name);
        setTabToolTip(
            i, QStringLiteral("%1\n%2\n%3")
                   .arg(map.address, explainTensor(maps.block, map.name), formatShape(map.tensor->shape())));
        if (map.name == m_preferred)
            chosen = i;
    }
    writeNames();
    setCurrentIndex(chosen);
}

void TensorTabs::writeNames()
{
    QStringList names, shortNames;
    for (int i = 0; i < count(); ++i) {
        names << tabData(i).toString();
        shortNames << shortName(names.last());
    }
    const bool isShort = widthOf(names, Inset) > width();
    for (int i = 0; i < count(); ++i)
        setTabText(i, isShort ? shortNames[i] : names[i]);
    int room = Inset;
    while (isShort && room > Inset / 2 && widthOf(shortNames, room) > width())
        --room;
    setRoom(room);
}

void TensorTabs::resizeEvent(QResizeEvent *event)
{
    writeNames();
    LineTabs::resizeEvent(event);
}

void TensorTabs::changeEvent(QEvent *event)
{
    LineTabs::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        writeNames();
}

} // namespace reslens
