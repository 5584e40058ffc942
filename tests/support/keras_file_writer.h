// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/architecture.h"

#include <filesystem>
#include <string>
#include <vector>

namespace reslens::test {

struct KerasWeight
{
    std::string name; ///< "kernel"
    std::vector<std::size_t> dimensions;
    std::vector<float> values;
};

struct KerasLayer
{
    std::string name;
    std::vector<KerasWeight> weights = {};

    /// Throws std::out_of_range if there is none.
    KerasWeight &weight(const std::string &weightName);
};

/// What the file of a network holds, open to any damage before it is written.
struct KerasNetwork
{
    std::vector<KerasLayer> layers;

    /// Throws std::out_of_range if there is none.
    KerasLayer &layer(const std::string &name);
    void remove(const std::string &name);
    /// Puts the layers into another order, the same for the same seed.
    void shuffle(unsigned seed);
};

struct KerasOptions
{
    unsigned seed = 1;
    int firstConvolution = 0;   ///< number of the first convolution: 0 for "conv2d", 412 for "conv2d_412"
    int firstNormalization = 0; ///< the same for the batch normalizations
    std::string normalizationStem = "batch_normalization";
    bool gamma = false; ///< batch normalizations with a scale
};

/// An Inception-ResNet-v2 with random weights whose activations stay of order 1: He-normal kernels (He et al.
/// 2015), moving variances near 1. Layers without weights (activations) are in the list as in Keras' files.
KerasNetwork randomNetwork(const Architecture &architecture, const KerasOptions &options = {});

enum class NumberType
{
    Float16,
    Float32,
    Float64,
    Integer
};

struct FileOptions
{
    NumberType type = NumberType::Float32;
    bool gzip = false;            ///< chunked, shuffled, deflated
    bool variableStrings = false; ///< attributes with strings of variable length
    bool splitAttributes = false; ///< layer_names0, layer_names1, …
    bool wholeModel = false;      ///< below a group model_weights, as Keras' model.save() does
    bool nested = false;          ///< all layers in one group, as a model within a model
    bool colonZero = true;        ///< "kernel:0"; Keras 3 writes "kernel"
    bool withoutValues = false;   ///< datasets with shapes but nothing stored
    int inputSize = 0;            ///< reslens_input_size; 0 for none
    std::vector<std::string> classNames = {};
    std::vector<std::string> wnids = {};
    std::string about = {};
};

/// Writes Keras' legacy HDF5 layout. Throws std::runtime_error if that fails.
void writeKerasFile(const std::filesystem::path &path, const KerasNetwork &network,
                    const FileOptions &options = {});

/// Takes a layer's group ("conv2d_1") or a weight ("conv2d_1/conv2d_1/kernel:0") out of a file that still
/// lists it.
void removeLink(const std::filesystem::path &path, const std::string &link);

/// Puts a weight of another shape, all values 0.5, in the place of one.
void resizeWeight(const std::filesystem::path &path, const std::string &link,
                  const std::vector<std::size_t> &dimensions);

/// Puts a weight of the same shape in the place of one, in chunks of one value of which the first alone is
/// stored.
void storeOneValue(const std::filesystem::path &path, const std::string &link);

/// Writes a file of Keras 3's layout without weights: models within models, `depth` in all, each with `links`
/// names for the next. Throws std::runtime_error if that fails.
void writeManyNames(const std::filesystem::path &path, int depth, int links);

} // namespace reslens::test
