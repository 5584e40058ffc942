// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/claims.h"

#include "ui/picture/bytes.h"

#include <algorithm>
#include <climits>

namespace reslens {
namespace {

QSize pngSize(const Bytes &bytes)
{
    constexpr int headerEnd = 33;
    const auto side = [&](qint64 offset) {
        return int(std::min(bytes.big<quint32>(offset), quint32(INT_MAX)));
    };
    return bytes.has(0, headerEnd) ? QSize(side(16), side(20)) : QSize();
}

/// A canvas without a size takes that of the first frame.
QSize gifSize(const Bytes &bytes)
{
    const QSize canvas(bytes.little<quint16>(6), bytes.little<quint16>(8));
    return canvas.isEmpty() ? QSize() : canvas;
}

/// The number after white space and comments, or -1; moves the position behind it.
int nextNumber(const Bytes &bytes, qint64 &position)
{
    const auto isDigit = [&] { return bytes.byte(position) >= '0' && bytes.byte(position) <= '9'; };
    while (bytes.has(position, 1) && !isDigit())
        position =
            bytes.byte(position) == '#' ? std::max(bytes.find('\n', position), position + 1) : position + 1;
    qint64 number = isDigit() ? 0 : -1;
    for (; isDigit(); ++position)
        number = std::min<qint64>(number * 10 + bytes.byte(position) - '0', INT_MAX);
    return int(number);
}

QSize pnmSize(const Bytes &bytes)
{
    qint64 position = 2;
    const int width = nextNumber(bytes, position);
    return {width, nextNumber(bytes, position)};
}

} // namespace

QSize claimedSize(const QByteArray &data, const QByteArray &format)
{
    const Bytes bytes(data);
    if (format == "png")
        return pngSize(bytes);
    if (format == "gif")
        return gifSize(bytes);
    return format == "pbm" || format == "pgm" || format == "ppm" ? pnmSize(bytes) : QSize();
}

} // namespace reslens
