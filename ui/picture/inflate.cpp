// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/inflate.h"

#include <algorithm>

#include <zlib.h>

namespace reslens {

std::optional<QByteArray> inflated(const QByteArray &data, qsizetype limit)
{
    constexpr int zlibOrGzip = 15 + 32;
    constexpr qsizetype portion = 1 << 16;
    z_stream stream{};
    if (inflateInit2(&stream, zlibOrGzip) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.constData()));
    stream.avail_in = uInt(data.size());
    QByteArray result;
    int status = Z_OK;
    while (status == Z_OK && result.size() <= limit) {
        const qsizetype filled = result.size();
        result.resize(filled + portion);
        stream.next_out = reinterpret_cast<Bytef *>(result.data() + filled);
        stream.avail_out = uInt(portion);
        status = inflate(&stream, Z_NO_FLUSH);
        result.chop(qsizetype(stream.avail_out));
    }
    inflateEnd(&stream);
    if (status != Z_STREAM_END && result.size() <= limit)
        return {};
    return result;
}

} // namespace reslens
