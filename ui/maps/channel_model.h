// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/channel_scores.h"
#include "ui/worker/colouring.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>

namespace reslens {

/// The channels of one tensor in their own order, each with its figures and its picture. Pictures are painted
/// when they are asked for, and the last ones are kept.
class ChannelModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role
    {
        ChannelRole = Qt::UserRole, ///< int
        MeanRole,                   ///< double, as the following
        MinimumRole,
        MaximumRole,
        VarianceRole,
        ZerosRole,     ///< share in [0, 1]
        ScaleLowRole,  ///< where the bars of single values begin, those of negative ones,
        ScaleHighRole, ///< and where they end: the same for all channels
        ValueTextRole, ///< QString: of a channel of one value, as people write it
        ScoreRole,     ///< double: how much it speaks for the class, see setScores(); 0 without scores
        DeadRole       ///< bool: nothing but zeros
    };

    explicit ChannelModel(QObject *parent = nullptr);

    /// The tensor at a position in BlockMaps::maps; null shows no channels. Channels of a tensor with as many
    /// of them keep their rows, so that a view stays where it is.
    void setMap(const BlockMapsPtr &maps, int position);
    /// A locked contrast keeps the limits of each tensor as it is first seen.
    void setColouring(const Colouring &colouring);
    const Colouring &colouring() const { return m_colouring; }

    /// Of the block that is shown; null for none.
    void setScores(const ChannelScoresPtr &scores);

    /// Null as long as there is no tensor.
    const BlockMaps::Map *map() const;
    BlockMapsPtr maps() const { return m_maps; }
    /// Whether each channel is one value and no map: pooled features, logits, probabilities.
    bool isOfValues() const { return map() && map()->tensor->shape().positions() == 1; }
    int position() const { return m_position; }
    ColorScale scale(int channel) const;
    QImage picture(int channel) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    void lockContrast();
    void forgetPictures();
    double score(int channel) const;
    /// What is written below a tile or beside a bar: the class that a value of the last layers is for, "ch37"
    /// elsewhere.
    QString name(int channel) const;
    bool isOfProbabilities() const;
    QString description(int channel) const;

    BlockMapsPtr m_maps;
    int m_position = 0;
    ChannelScoresPtr m_scores;
    Colouring m_colouring;
    QHash<QString, std::pair<float, float>> m_lockedLimits; ///< by the tensor's address
    /// For a scale that all channels share; worked out once.
    mutable std::optional<std::pair<float, float>> m_tensorLimits;
    mutable QCache<int, QImage> m_pictures;
};

} // namespace reslens
