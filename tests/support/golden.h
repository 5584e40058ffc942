// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

#include <filesystem>
#include <map>
#include <string>

namespace reslens::test {

/// What tests/reference computed for one network and picture.
struct Golden
{
    Tensor input;                          ///< in [-1, 1]
    std::map<std::string, Tensor> tensors; ///< by address
};

/// Reads a `.reference.h5` file. Throws std::runtime_error if that fails.
Golden readGolden(const std::filesystem::path &path);

/// Copies a network's file and notes in the copy the side of the pictures that its reference was made with,
/// so that it opens like one of the program's own. Throws std::runtime_error if that fails.
void copyWithInputSize(const std::filesystem::path &from, const std::filesystem::path &to, int inputSize);

/// Every dataset BLOCK/TENSOR of a file, by that address. Throws std::runtime_error if that fails.
std::map<std::string, Tensor> readTensors(const std::filesystem::path &path);

/// What tests/reference/make_gradients.py computed: the gradients in a `.gradients.h5` file's group ("full",
/// "direct", "class_3"), and the picture they are for. Throws std::runtime_error if that fails.
Golden readGradients(const std::filesystem::path &path, const std::string &group);

/// ‖actual − expected‖₂ / ‖expected‖₂; infinite for different shapes or values that are not finite.
double relativeError(const Tensor &actual, const Tensor &expected);

} // namespace reslens::test
