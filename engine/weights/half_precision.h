// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/weights/hdf5_handle.h"

namespace reslens::hdf5 {

/// IEEE 754 half precision, little endian: what NumPy calls float16.
Datatype halfType();

/// From now on HDF5 turns float16 data sets into float32 with a loop of our own when it reads them. Its
/// built-in conversion goes bit by bit and takes about 100 ns a value, a third of a second for 3.5 million.
/// Calling it again does nothing.
void registerHalfConversion();

} // namespace reslens::hdf5
