// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/unit.h"

#include <QRegularExpression>

namespace reslens {

QString channelAddress(const BlockMaps::Map &map, int channel)
{
    return QStringLiteral("%1/ch%2").arg(map.address).arg(channel);
}

QString unitAddress(const BlockMaps::Map &map, int channel, QPoint position)
{
    return QStringLiteral("%1@(%2,%3)").arg(channelAddress(map, channel)).arg(position.y()).arg(position.x());
}

QString unitReadout(const BlockMaps::Map &map, int channel, QPoint position)
{
    const float value = map.tensor->at(position.y(), position.x(), channel);
    // Nine significant digits give every float back exactly.
    return QStringLiteral("%1 = %2").arg(unitAddress(map, channel, position)).arg(double(value), 0, 'g', 9);
}

std::optional<TypedAddress> TypedAddress::parse(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(\\w+)(?:/(\\w+)(?:/ch(\\d{1,6})(?:@\\((\\d{1,4}),(\\d{1,4})\\))?)?)?$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return {};
    TypedAddress address{match.captured(1), match.captured(2)};
    if (!match.captured(3).isEmpty())
        address.channel = match.captured(3).toInt();
    if (!match.captured(4).isEmpty())
        address.position = QPoint(match.captured(5).toInt(), match.captured(4).toInt());
    return address;
}

} // namespace reslens
