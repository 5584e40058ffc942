// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/maps/channel_model.h"
#include "ui/worker/colouring.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace reslens {

class ChannelFilter;

/// Which channels are shown, and in what order.
class FilterControls : public QWidget
{
    Q_OBJECT

public:
    explicit FilterControls(ChannelFilter *filter, QWidget *parent = nullptr);

    /// The ChannelModel::Role that the channels are sorted by.
    int order() const;
    /// Channels that are single values, the greatest first at the beginning, have fewer orders, and none is
    /// dead. Both kinds keep the order that was chosen.
    void setOfValues(bool values);
    /// Sorting for a class needs one.
    void setHasClasses(bool has);

signals:
    void orderChanged();

private:
    /// What cannot be read leaves the channels as they are, and says so.
    void takeChannels(const QString &text);
    void showCount();
    void fillOrders();
    void sort();
    void filterDead();

    ChannelFilter *m_filter;
    bool m_ofValues = false;
    int m_otherOrder = ChannelModel::MeanRole; ///< of the other kind of channels
    QComboBox *m_order;
    QLineEdit *m_channels;
    QCheckBox *m_hidesDead;
    QLabel *m_count;
    bool m_isUnderstood = true; ///< the text of m_channels
};

/// How maps are coloured.
class ColouringControls : public QWidget
{
    Q_OBJECT

public:
    explicit ColouringControls(QWidget *parent = nullptr);

    Colouring colouring() const;

signals:
    void changed(const reslens::Colouring &colouring);

private:
    QComboBox *m_map;
    QComboBox *m_contrast;
    QComboBox *m_cut;
};

} // namespace reslens
