// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/keras_layers.h"

#include "engine/error.h"
#include "engine/weights/hdf5_read.h"
#include "engine/weights/keras3_layers.h"

#include <algorithm>

namespace reslens {

namespace {

/// "a/conv2d_1/kernel:0" is the weight "kernel" of "conv2d_1".
struct WeightName
{
    std::string layer;
    std::string weight;
};

WeightName parseWeightName(const std::string &path)
{
    const std::string whole = path.substr(0, path.rfind(':'));
    const std::size_t slash = whole.rfind('/');
    if (slash == std::string::npos)
        return {"", whole};
    const std::string folder = whole.substr(0, slash);
    return {folder.substr(folder.rfind('/') + 1), whole.substr(slash + 1)};
}

[[noreturn]] void throwUnopened(const std::string &listed, const std::string &fileName)
{
    if (listed.empty())
        throw Error(ErrorKind::Damaged,
                    fileName + " is damaged: a layer or weight that it lists has no name");
    const hdf5::Failure failure = hdf5::lastFailure();
    if (failure.missing)
        throw Error(ErrorKind::MissingLayer, listed + " is listed in " + fileName + " but missing from it");
    throw Error(ErrorKind::Damaged, listed + " in " + fileName + " cannot be read (" + failure.reason + ")");
}

hdf5::Dataset openDataset(const hdf5::Group &group, const std::string &path, const std::string &fileName)
{
    hdf5::Dataset dataset(H5Dopen2(group.get(), path.c_str(), H5P_DEFAULT));
    if (!dataset)
        throwUnopened(path, fileName);
    hdf5::requireOwnValues(dataset, path + " in " + fileName);
    return dataset;
}

/// Adds the layer that a group holds, or the layers of a nested model.
void appendLayers(const hdf5::Group &group, const std::string &groupName, const std::string &fileName,
                  std::vector<StoredLayer> &layers)
{
    const auto paths = hdf5::readStrings(group.get(), "weight_names", groupName + " in " + fileName);
    if (!paths)
        throw Error(ErrorKind::Damaged,
                    groupName + " in " + fileName + " does not list its weights (weight_names)");
    std::vector<StoredLayer> found;
    for (const std::string &path : *paths) {
        const WeightName name = parseWeightName(path);
        auto layer = std::ranges::find(found, name.layer, &StoredLayer::name);
        if (layer == found.end())
            layer = found.insert(found.end(), StoredLayer{name.layer, {}, groupName});
        hdf5::Dataset dataset = openDataset(group, path, fileName);
        std::vector<hsize_t> dimensions = hdf5::dimensions(dataset);
        layer->weights.push_back({name.weight, std::move(dimensions), std::move(dataset)});
    }
    // The weights of a plain layer may carry another session's name, so the group's counts.
    if (found.size() == 1) {
        found.front().name = groupName;
        found.front().parent.clear();
    }
    std::ranges::move(found, std::back_inserter(layers));
}

hdf5::Group openRoot(const hdf5::File &file, const std::string &fileName)
{
    const char *root = hdf5::hasLink(file.get(), "model_weights", fileName) ? "model_weights" : "/";
    hdf5::Group group(H5Gopen2(file.get(), root, H5P_DEFAULT));
    if (!group)
        throwUnopened(root, fileName);
    return group;
}

} // namespace

const StoredWeight *StoredLayer::find(std::string_view weight) const
{
    const auto found = std::ranges::find(weights, weight, &StoredWeight::name);
    return found == weights.end() ? nullptr : &*found;
}

StoredNetwork readKerasLayers(const hdf5::File &file, const std::string &fileName)
{
    if (auto network = readKeras3Layers(file, fileName))
        return std::move(*network);
    const hdf5::Group root = openRoot(file, fileName);
    auto names = hdf5::readStrings(root.get(), "layer_names", fileName);
    if (!names)
        throw Error(ErrorKind::NotAModel, fileName + " is an HDF5 file but holds no Keras weights: it does "
                                                     "not list its layers (layer_names)");
    StoredNetwork network;
    network.legacy = true;
    for (const std::string &name : *names) {
        const hdf5::Group group(H5Gopen2(root.get(), name.c_str(), H5P_DEFAULT));
        if (!group)
            throwUnopened(name, fileName);
        appendLayers(group, name, fileName, network.layers);
    }
    network.layerNames = std::move(*names);
    return network;
}

} // namespace reslens
