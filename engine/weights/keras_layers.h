// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/hdf5_handle.h"

#include <string>
#include <string_view>
#include <vector>

namespace reslens {

/// One weight of a layer: a dataset that stays open.
struct StoredWeight
{
    std::string name; ///< what it is: "kernel", "bias", "gamma", "beta", "moving_mean", "moving_variance"
    std::vector<hsize_t> dimensions;
    hdf5::Dataset dataset;
};

/// A layer with weights, whatever network it belongs to.
struct StoredLayer
{
    std::string name;
    std::vector<StoredWeight> weights;
    std::string parent = {}; ///< the nested model that the layer belongs to; empty at the top

    const StoredWeight *find(std::string_view weight) const;
};

/// What a Keras file holds.
struct StoredNetwork
{
    std::vector<StoredLayer> layers;     ///< those with weights, in the order of the file
    std::vector<std::string> layerNames; ///< all, as listed
    bool legacy = false;                 ///< in the layout of Keras 2
    /// Layers of unlike classes stand in the order of the model. Where not, only those of one class do.
    bool inModelOrder = true;
};

/// Reads the structure (no values) of a Keras weight file, in the legacy layout or that of Keras 3, or of the
/// weights in a whole saved model. A model nested in another one, as fine-tuning makes them, is one "layer"
/// of the legacy layout; its own layers are told apart by the names of their weights. Throws Error:
/// NotAModel, MissingLayer (a listed layer or weight that is not there), Damaged. `fileName` is for messages.
StoredNetwork readKerasLayers(const hdf5::File &file, const std::string &fileName);

} // namespace reslens
