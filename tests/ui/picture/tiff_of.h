// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QtEndian>

namespace reslens {

struct TiffKind
{
    enum Photometric : quint16
    {
        whiteIsZero = 0,
        blackIsZero = 1,
        rgb = 2,
        cmyk = 5
    };

    quint16 photometric = rgb;
    quint16 bits = 8;
    bool planar = false;
    int extra = -1; ///< what the last sample is, by tag 338; -1 for no such tag
    quint16 sampleFormat = 1;
    quint32 tile = 0; ///< side of the one tile that the pixel is in, by its tags; 0 for a strip
};

/// A little-endian TIFF of one pixel with these samples of 8 bits, or of 16 (times 257).
inline QByteArray tiffOf(const QList<quint32> &samples, const TiffKind &kind)
{
    const auto little = [](auto number) {
        QByteArray bytes(sizeof(number), '\0');
        qToLittleEndian(number, bytes.data());
        return bytes;
    };
    QByteArray tail;
    QByteArray entries;
    quint16 count = 0;
    constexpr quint32 tailStart = 8 + 2 + 12 * 12 + 4;
    const auto add = [&](quint16 tag, const QList<quint32> &values) {
        const bool fits = values.size() == 1;
        entries += little(tag) + little(quint16(4)) + little(quint32(values.size())) +
                   little(fits ? values.first() : tailStart + quint32(tail.size()));
        for (const quint32 value : values)
            if (!fits)
                tail += little(value);
        ++count;
    };
    const auto size = samples.size();
    QByteArray pixels;
    for (const quint32 sample : samples)
        pixels += kind.bits == 8 ? QByteArray(1, char(sample)) : little(quint16(sample * 257));
    const auto bytes = quint32(kind.bits / 8);
    QList<quint32> offsets{tailStart};
    for (qsizetype i = 1; kind.planar && i < size; ++i)
        offsets << tailStart + quint32(i) * bytes;
    tail = pixels;

    add(256, {1});
    add(257, {1});
    add(258, QList<quint32>(size, kind.bits));
    add(259, {1});
    add(262, {kind.photometric});
    const QList<quint32> lengths(offsets.size(), kind.planar ? bytes : bytes * quint32(size));
    if (kind.tile == 0)
        add(273, offsets);
    add(277, {quint32(size)});
    if (kind.tile == 0) {
        add(278, {1});
        add(279, lengths);
    }
    add(284, {kind.planar ? 2U : 1U});
    if (kind.tile > 0) {
        add(322, {kind.tile});
        add(323, {kind.tile});
        add(324, offsets);
        add(325, lengths);
    }
    if (kind.extra >= 0)
        add(338, {quint32(kind.extra)});
    add(339, QList<quint32>(size, kind.sampleFormat));
    const QByteArray head = "II" + little(quint16(42)) + little(quint32(8)) + little(count) + entries;
    return head + QByteArray(qsizetype(tailStart) - head.size(), '\0') + tail;
}

} // namespace reslens
