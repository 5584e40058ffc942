// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/superblock.h"

#include "engine/error.h"
#include "engine/report.h"

#include <algorithm>
#include <array>
#include <optional>

namespace reslens::hdf5 {

namespace {

constexpr std::array<unsigned char, 8> signature{0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

/// At the start of the file, or behind a block of the user's of 512, 1024, 2048, … bytes.
std::optional<std::uint64_t> findSignature(const ByteSource &source)
{
    constexpr std::uint64_t firstUserBlock = 512;
    std::array<unsigned char, signature.size()> found{};
    for (std::uint64_t at = 0; at + found.size() <= source.size; at = at == 0 ? firstUserBlock : 2 * at)
        if (source.read(at, found) && found == signature)
            return at;
    return std::nullopt;
}

/// Where the file ends by its own account; nothing where that is not told in the usual way.
std::optional<std::uint64_t> storedEnd(const ByteSource &source)
{
    constexpr std::size_t width = 8;
    std::array<unsigned char, 52> head{};
    if (source.size < head.size() || !source.read(0, head))
        return std::nullopt;
    const unsigned version = head[8];
    const bool isOld = version < 2;
    // The sizes of addresses; then, behind what versions differ in, the base and one more before the end.
    const std::size_t base = version == 0 ? 24 : version == 1 ? 28 : 12;
    if (version > 3 || head[isOld ? 13 : 9] != width)
        return std::nullopt;
    const auto numberAt = [&](std::size_t at) {
        std::uint64_t number = 0;
        for (std::size_t i = width; i-- > 0;)
            number = number << 8 | head[at + i];
        return number;
    };
    return numberAt(base) == 0 ? std::optional(numberAt(base + 2 * width)) : std::nullopt;
}

} // namespace

void requireWholeFile(const ByteSource &source, const std::string &name)
{
    const std::optional<std::uint64_t> start = findSignature(source);
    if (!start)
        throw Error(ErrorKind::NotAModel, name + " is not an HDF5 file; expected Keras weights (.h5)");
    if (*start > 0)
        return;
    if (const std::optional<std::uint64_t> end = storedEnd(source); end && *end > source.size)
        throw Error(ErrorKind::Damaged,
                    name + " is cut short: it has " + formatCount(std::int64_t(source.size)) +
                        " bytes, expected " +
                        formatCount(std::int64_t(std::min(*end, std::uint64_t(INT64_MAX)))));
}

} // namespace reslens::hdf5
