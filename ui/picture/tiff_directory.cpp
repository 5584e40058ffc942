// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/tiff_directory.h"

namespace reslens {
namespace {

constexpr int entrySize = 12;
constexpr quint16 typeShort = 3;
constexpr quint16 typeLong = 4;

} // namespace

TiffDirectory::TiffDirectory(const QByteArray &data, qint64 start) : m_bytes(data), m_start(start)
{
    m_isLittle = m_bytes.byte(start) == 'I';
    m_isTiff = (m_isLittle || m_bytes.byte(start) == 'M') && m_bytes.byte(start + 1) == m_bytes.byte(start) &&
               number16(start + 2) == 42;
    if (!m_isTiff)
        return;
    m_directory = start + number32(start + 4);
    m_count = number16(m_directory);
    m_isComplete = m_bytes.has(m_directory, 2 + qint64(m_count) * entrySize) && m_count > 0;
}

std::vector<quint32> TiffDirectory::values(quint16 tag) const
{
    std::vector<quint32> result;
    for (int i = 0; m_isComplete && i < m_count; ++i) {
        const qint64 entry = m_directory + 2 + qint64(i) * entrySize;
        const quint16 type = number16(entry + 2);
        if (number16(entry) != tag || (type != typeShort && type != typeLong))
            continue;
        const qint64 width = type == typeShort ? 2 : 4;
        const qint64 count = number32(entry + 4);
        // Values that fit into the entry's last four bytes stand there instead of an offset.
        const qint64 first = count * width <= 4 ? entry + 8 : m_start + number32(entry + 8);
        if (!m_bytes.has(first, count * width))
            break;
        for (qint64 k = 0; k < count; ++k)
            result.push_back(type == typeShort ? number16(first + k * width) : number32(first + k * width));
        break;
    }
    return result;
}

quint16 TiffDirectory::number16(qint64 offset) const
{
    return m_isLittle ? m_bytes.little<quint16>(offset) : m_bytes.big<quint16>(offset);
}

quint32 TiffDirectory::number32(qint64 offset) const
{
    return m_isLittle ? m_bytes.little<quint32>(offset) : m_bytes.big<quint32>(offset);
}

} // namespace reslens
