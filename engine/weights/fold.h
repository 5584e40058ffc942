// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/weights/weight_file.h"

#include <cstddef>

namespace reslens {

/// Writes a layer as the matrix and bias that the forward pass multiplies with: batch normalization folded in
/// (w·γ/√(σ²+ε) and β − μ·γ/√(σ²+ε), ε = 1e-3; Ioffe & Szegedy 2015), the node's residual scale multiplied
/// in. A batch normalization before a dense layer is folded in too: its factors scale the kernel's rows, its
/// shift goes through the kernel into the bias. The kernel goes to `kernel` with rows `columns` floats apart,
/// so that siblings can stand side by side.
void foldLayer(const Node &node, const LayerWeights &weights, float *kernel, std::ptrdiff_t columns,
               float *bias);

} // namespace reslens
