// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/analysis/channel_statistics.h"
#include "engine/analysis/geometry.h"
#include "engine/model_info.h"
#include "engine/prediction.h"
#include "engine/runner.h"
#include "engine/saliency/logit_lens.h"
#include "engine/tensor.h"
#include "engine/weights/origin.h"
#include "ui/picture/picture_source.h"
#include "ui/picture/preparation.h"

#include <QImage>
#include <QRectF>
#include <QString>
#include <limits>
#include <memory>
#include <vector>

namespace reslens {

/// What the window knows of a loaded model. It holds no weights, so that letting go of it costs nothing.
struct ModelSummary
{
    struct BlockEntry
    {
        QString name;
        Shape shape;
        bool residual = false;
    };

    ModelInfo info;
    Origin origin;
    int inputSize = 0;
    bool embedded = false;
    FileVersion version;            ///< of the file that was loaded
    std::vector<BlockEntry> blocks; ///< those with a feature map: all but "predictions"
    Description description;
    std::vector<Shape> shapes;           ///< of each node's output
    std::vector<MapGeometry> geometries; ///< where each node's output lies on the network's input

    /// Where it was loaded from; empty for the embedded one.
    QString path() const { return QString::fromStdString(info.path); }
    bool hasTop() const { return !info.classes.empty(); }
};

/// A picture as it is shown, and the square that the network gets of it.
struct Photo
{
    PictureSource source;
    QSize size;                 ///< in pixels, upright
    std::vector<QImage> levels; ///< Format_RGB32; level i is 1/2^i of the full size
    QImage seen;                ///< the network's input, inputSize × inputSize
    QRectF seenArea;            ///< the part of the picture that became `seen`, in full-size pixels
    Preparation preparation;
};

/// What the window shows of a block's output.
struct BlockSummary
{
    int index = 0; ///< position in ModelSummary::blocks
    Shape shape;
    Statistics statistics; ///< of all values
    Tensor mean;           ///< mean over the channels, height × width × 1
    float meanMinimum = 0;
    float meanMaximum = 0;
    QImage thumbnail; ///< the mean, one pixel a position, from its least to its greatest value
};

/// The end of a run.
struct Answer
{
    std::vector<Prediction> top; ///< at most five; empty without a classification head
    std::vector<float> logits;   ///< of all classes
    std::vector<float> probabilities;
    std::shared_ptr<const ModelSummary> model;
    double milliseconds = 0;

    const ClassLabel &label(std::size_t row) const
    {
        return model->info.classes[std::size_t(top[row].classIndex)];
    }
};

/// All tensors of one block for one picture, and what they came from.
struct BlockMaps
{
    struct Map
    {
        QString address; ///< "block17_3/residual"
        QString name;    ///< "residual"
        int node = 0;    ///< in the model's description
        std::shared_ptr<const Tensor> tensor;
        std::vector<Statistics> channels;
        float minimum = std::numeric_limits<float>::infinity(); ///< of all values
        float maximum = -std::numeric_limits<float>::infinity();
    };

    int index = 0; ///< position in ModelSummary::blocks
    QString block;
    std::vector<Map> maps; ///< in execution order
    std::shared_ptr<const ModelSummary> model;
    PictureSource source;
    Preparation preparation;

    const MapGeometry &geometry(const Map &map) const { return model->geometries[std::size_t(map.node)]; }
};

using ModelSummaryPtr = std::shared_ptr<const ModelSummary>;
using PhotoPtr = std::shared_ptr<const Photo>;
using BlockSummaryPtr = std::shared_ptr<const BlockSummary>;
using BlockMapsPtr = std::shared_ptr<const BlockMaps>;
using AnswerPtr = std::shared_ptr<const Answer>;
using LensPtr = std::shared_ptr<const std::vector<LensStep>>;

} // namespace reslens
