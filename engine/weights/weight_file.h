// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/model_info.h"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace reslens {

/// The weights of one convolution or dense layer as Keras stores them, before batch normalization is folded.
struct LayerWeights
{
    std::string name; ///< Keras layer name, for messages: "conv2d_7"
    std::vector<float>
        kernel; ///< HWIO: kernelHeight × kernelWidth × inputChannels × filters; dense: inputs × classes
    std::vector<float> bias; ///< filters values; empty if the layer is batch-normalized
    std::vector<float>
        gamma; ///< filters values; empty if the batch normalization has none (Keras' default here)
    std::vector<float> beta;     ///< filters values; empty without batch normalization
    std::vector<float> mean;     ///< moving mean
    std::vector<float> variance; ///< moving variance
};

/// An open Keras weight file (HDF5, legacy layout) of an Inception-ResNet-v2 of any width. Opening reads the
/// structure, derives the architecture from it and checks every layer's presence and shape; values are read
/// on demand. Not thread-safe, and HDF5 itself is not: use one WeightFile at a time in a process.
class WeightFile
{
public:
    /// Throws Error: FileMissing, FileUnreadable, NotAModel, Unsupported, Damaged, MissingLayer, WrongShape.
    static WeightFile open(const std::filesystem::path &file);
    /// The same from the bytes of a file, which must stay alive as long as the WeightFile; `name` is for
    /// messages.
    static WeightFile openMemory(std::span<const std::byte> bytes, const std::string &name);

    WeightFile(WeightFile &&) noexcept;
    WeightFile &operator=(WeightFile &&) noexcept;
    ~WeightFile();

    const Architecture &architecture() const;
    const Description &description() const;
    const ModelInfo &info() const;

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
