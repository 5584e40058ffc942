// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace reslens {

/// A PNG of grey or RGB may call one colour transparent. Qt's reader gets that wrong for 16-bit RGB, and
/// loses what was stored under a transparent grey.
struct PngTransparency
{
    QByteArray colour; ///< the content of the chunk, 2 or 6 bytes; empty if no colour is transparent
    QByteArray data;   ///< the PNG without that chunk, or as it was

    /// Of the formats of which Qt is right, only `all` takes the chunk out.
    static PngTransparency takenFrom(const QByteArray &png, bool all);
    /// Makes the pixels of that colour transparent, in 16-bit RGB.
    QImage appliedTo(QImage image) const;
};

} // namespace reslens
