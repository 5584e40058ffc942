// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

namespace reslens {

/// A batch normalization in the classification head; those of the convolutions are all alike.
struct BatchNormalization
{
    bool gamma = true;
    bool beta = true;
    float epsilon = 1e-3F;

    bool operator==(const BatchNormalization &) const = default;
};

/// A dense layer of the classification head.
struct DenseLayer
{
    int units = 0;
    bool relu = false;
    bool bias = true;
    std::optional<BatchNormalization> before = {}; ///< of the layer's inputs
    std::optional<BatchNormalization> after = {};  ///< of its outputs, before the ReLU

    bool operator==(const DenseLayer &) const = default;
};

/// The free parameters of an Inception-ResNet-v2 (Szegedy et al. 2016, in the variant of TF-slim and Keras):
/// how many residual blocks of each kind, how wide each convolution is, how many classes. The topology itself
/// is fixed, see describe().
struct Architecture
{
    int block35 = 10;
    int block17 = 20;
    int block8 = 10;
    /// Output channels of every convolution that is followed by a batch normalization, in the order in which
    /// Keras creates them (`conv2d`, `conv2d_1`, …; conv_7b last). The residual ("up") convolutions are not
    /// listed: their width is that of the trunk.
    std::vector<int> filters;
    /// Number of classes; 0 for a network without its classification head ("no top").
    int classes = 1000;
    /// The dense layers between the pooling and the softmax, the last with `classes` units and without ReLU.
    /// Empty for the published head, which is that layer alone.
    std::vector<DenseLayer> head = {};

    bool hasTop() const { return classes > 0; }

    /// The published widths times `width`, rounded to the nearest multiple of `multiple` but never below it;
    /// width 1 gives the official network exactly.
    static Architecture standard(double width = 1.0, int block35 = 10, int block17 = 20, int block8 = 10,
                                 int classes = 1000, int multiple = 1);

    /// How many entries `filters` must have for these numbers of blocks: 203 + 1 for 10, 20 and 10.
    static int filterCount(int block35, int block17, int block8);

    bool operator==(const Architecture &) const = default;
};

} // namespace reslens
