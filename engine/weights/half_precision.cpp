// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/half_precision.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace reslens::hdf5 {

namespace {

float widen(std::uint16_t half)
{
    constexpr std::uint32_t exponentMask = 0x7c00U << 13;
    constexpr std::uint32_t rebias = (127U - 15U) << 23;
    std::uint32_t bits = (half & 0x7fffU) << 13;
    const std::uint32_t exponent = bits & exponentMask;
    bits += rebias;
    if (exponent == exponentMask)
        bits += rebias;
    else if (exponent == 0)
        bits = std::bit_cast<std::uint32_t>(std::bit_cast<float>(bits + (1U << 23)) -
                                            std::bit_cast<float>(113U << 23));
    return std::bit_cast<float>(bits | (std::uint32_t(half & 0x8000U) << 16));
}

/// Widens in place, as HDF5's conversion functions do: from the last value, so that none is overwritten
/// before it is read.
herr_t convert(hid_t, hid_t, H5T_cdata_t *data, std::size_t count, std::size_t stride, std::size_t,
               void *buffer, void *, hid_t)
{
    data->need_bkg = H5T_BKG_NO;
    if (data->command != H5T_CONV_CONV)
        return 0;
    auto *bytes = static_cast<unsigned char *>(buffer);
    const std::size_t from = stride ? stride : sizeof(std::uint16_t);
    const std::size_t to = stride ? stride : sizeof(float);
    for (std::size_t i = count; i-- > 0;) {
        std::uint16_t half = 0;
        std::memcpy(&half, bytes + i * from, sizeof half);
        const float value = widen(half);
        std::memcpy(bytes + i * to, &value, sizeof value);
    }
    return 0;
}

} // namespace

Datatype halfType()
{
    Datatype type(H5Tcopy(H5T_IEEE_F32LE));
    H5Tset_fields(type.get(), 15, 10, 5, 0, 10);
    H5Tset_size(type.get(), sizeof(std::uint16_t));
    H5Tset_ebias(type.get(), 15);
    return type;
}

void registerHalfConversion()
{
    static const herr_t registered =
        H5Tregister(H5T_PERS_HARD, "half to float", halfType().get(), H5T_NATIVE_FLOAT, convert);
    static_cast<void>(registered);
}

} // namespace reslens::hdf5
