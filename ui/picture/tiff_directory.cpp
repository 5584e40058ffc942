// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/tiff_directory.h"

namespace reslens {
namespace {

constexpr int entrySize = 12;
constexpr quint16 typeShort = 3;
constexpr quint16 typeLong = 4;
constexpr quint16 typeUndefined = 7;

} // namespace

TiffDirectory::TiffDirectory(const QByteArray &data) : m_data(data), m_bytes(data)
{
    m_isLittle = m_bytes.byte(0) == 'I';
    m_isTiff =
        (m_isLittle || m_bytes.byte(0) == 'M') && m_bytes.byte(1) == m_bytes.byte(0) && number16(2) == 42;
    if (!m_isTiff)
        return;
    m_directory = number32(4);
    m_count = number16(m_directory);
    m_isComplete = m_bytes.has(m_directory, 2 + qint64(m_count) * entrySize) && m_count > 0;
}

qint64 TiffDirectory::entryOf(quint16 tag) const
{
    for (int i = 0; m_isComplete && i < m_count; ++i)
        if (const qint64 entry = m_directory + 2 + qint64(i) * entrySize; number16(entry) == tag)
            return entry;
    return -1;
}

std::vector<quint32> TiffDirectory::values(quint16 tag) const
{
    const qint64 entry = entryOf(tag);
    const quint16 type = number16(entry + 2);
    if (entry < 0 || (type != typeShort && type != typeLong))
        return {};
    const qint64 width = type == typeShort ? 2 : 4;
    const qint64 count = number32(entry + 4);
    // Values that fit into the entry's last four bytes stand there instead of an offset.
    const qint64 first = count * width <= 4 ? entry + 8 : number32(entry + 8);
    std::vector<quint32> result;
    for (qint64 k = 0; k < count && m_bytes.has(first, count * width); ++k)
        result.push_back(type == typeShort ? number16(first + k * width) : number32(first + k * width));
    return result;
}

quint32 TiffDirectory::value(quint16 tag, quint32 otherwise) const
{
    const std::vector<quint32> all = values(tag);
    return all.empty() ? otherwise : all.front();
}

QByteArray TiffDirectory::bytes(quint16 tag) const
{
    const qint64 entry = entryOf(tag);
    const qint64 count = number32(entry + 4);
    if (entry < 0 || number16(entry + 2) != typeUndefined || count <= 4)
        return {};
    const qint64 first = number32(entry + 8);
    return m_bytes.has(first, count) ? m_data.mid(first, count) : QByteArray();
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
