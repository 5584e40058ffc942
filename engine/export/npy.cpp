// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/npy.h"

#include "engine/export/atomic_file.h"

#include <bit>
#include <cassert>
#include <fstream>
#include <functional>
#include <numeric>
#include <string>

namespace reslens {
namespace {

static_assert(std::endian::native == std::endian::little, "values are written as they lie in memory");

std::string header(std::span<const std::size_t> extents)
{
    std::string shape;
    for (const std::size_t extent : extents)
        shape += std::to_string(extent) + (extents.size() == 1 ? "," : ", ");
    if (extents.size() > 1)
        shape.erase(shape.size() - 2);
    std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";

    // Magic, version and the length of the text come first; the data start at a multiple of 64 bytes.
    constexpr std::size_t prefix = 10;
    constexpr std::size_t alignment = 64;
    const std::size_t unpadded = prefix + text.size() + 1;
    text.append((alignment - unpadded % alignment) % alignment, ' ');
    text += '\n';

    std::string result = "\x93NUMPY";
    result += {'\x01', '\x00', static_cast<char>(text.size() & 0xFFU), static_cast<char>(text.size() >> 8U)};
    return result + text;
}

} // namespace

void writeNpy(const std::filesystem::path &file, std::span<const float> values,
              std::span<const std::size_t> extents)
{
    assert(std::accumulate(extents.begin(), extents.end(), std::size_t(1), std::multiplies<>()) ==
           values.size());
    writeAtomically(file, [&](const std::filesystem::path &part) {
        std::ofstream out(part, std::ios::binary | std::ios::trunc);
        out << header(extents);
        out.write(reinterpret_cast<const char *>(values.data()),
                  static_cast<std::streamsize>(values.size_bytes()));
        out.close();
        if (!out)
            throw writeError(file);
    });
}

} // namespace reslens
