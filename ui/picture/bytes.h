// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QtEndian>

#include <cstring>

namespace reslens {

/// Bounds-checked look at encoded data; what lies beyond its end reads as zero.
class Bytes
{
public:
    explicit Bytes(const QByteArray &data) : m_data(data) {}

    qint64 size() const { return m_data.size(); }
    bool has(qint64 offset, qint64 count) const
    {
        return offset >= 0 && count >= 0 && offset <= size() && count <= size() - offset;
    }
    const char *at(qint64 offset) const { return m_data.constData() + offset; }
    quint8 byte(qint64 offset) const { return has(offset, 1) ? quint8(*at(offset)) : quint8(0); }

    template <typename Number>
    Number little(qint64 offset) const
    {
        return has(offset, sizeof(Number)) ? qFromLittleEndian<Number>(at(offset)) : Number(0);
    }
    template <typename Number>
    Number big(qint64 offset) const
    {
        return has(offset, sizeof(Number)) ? qFromBigEndian<Number>(at(offset)) : Number(0);
    }

    /// Position of the first such byte from `from` on, or -1.
    qint64 find(quint8 value, qint64 from) const
    {
        if (!has(from, 1))
            return -1;
        const void *found = std::memchr(at(from), value, std::size_t(size() - from));
        return found ? static_cast<const char *>(found) - m_data.constData() : -1;
    }

private:
    const QByteArray &m_data;
};

} // namespace reslens
