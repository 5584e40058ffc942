// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/model_info.h"
#include "engine/weights/origin.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace reslens {

/// The weights of a batch normalization, one value a channel; all empty where there is none.
struct NormalizationWeights
{
    std::vector<float> gamma;    ///< empty if it has none (as those of the convolutions)
    std::vector<float> beta;     ///< empty if it has none
    std::vector<float> mean;     ///< moving mean
    std::vector<float> variance; ///< moving variance
};

/// The weights of one convolution or dense layer as Keras stores them, before batch normalization is folded;
/// the inherited ones are those of the batch normalization that follows.
struct LayerWeights : NormalizationWeights
{
    std::string name; ///< Keras layer name, for messages: "conv2d_7"
    std::vector<float>
        kernel; ///< HWIO: kernelHeight × kernelWidth × inputChannels × filters; dense: inputs × units
    std::vector<float> bias;    ///< filters values; empty if the layer has none
    NormalizationWeights input; ///< of the batch normalization before a dense layer
};

/// An open Keras file of an Inception-ResNet-v2 of any width, with or without a head of dense layers: weights
/// or a whole model in HDF5 (the legacy layout or that of Keras 3's `.weights.h5`), or a `.keras` archive.
/// Opening reads the structure, derives the architecture from it and checks every layer's presence and shape;
/// values are read on demand. Not thread-safe, and HDF5 itself is not: use all of a process's WeightFiles
/// from one thread at a time.
class WeightFile
{
public:
    /// Class names are those of the file itself, see nameClassesFromFiles() for others. Throws Error:
    /// FileMissing, FileUnreadable, NotAModel, Unsupported, Damaged, MissingLayer, WrongShape.
    static WeightFile open(const std::filesystem::path &file);
    /// The same from the bytes of a file, which must stay alive as long as the WeightFile; `name` is for
    /// messages.
    static WeightFile openMemory(std::span<const std::byte> bytes, const std::string &name);

    WeightFile(WeightFile &&) noexcept;
    WeightFile &operator=(WeightFile &&) noexcept;
    ~WeightFile();

    const Description &description() const;
    const ModelInfo &info() const;
    const Origin &origin() const;

    /// Reads the weights of a node that has some, float32 whatever the file's type, into `weights`, whose
    /// vectors are reused. Throws Error: Damaged if the data cannot be read or holds a value that is not
    /// finite (or a negative variance), naming the layer.
    void read(int node, LayerWeights &weights) const;

private:
    struct Impl;
    explicit WeightFile(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace reslens
