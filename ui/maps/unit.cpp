// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/unit.h"

#include "engine/error.h"
#include "engine/unit_address.h"
#include "ui/worker/map_areas.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace reslens {

QString channelAddress(const BlockMaps::Map &map, int channel)
{
    return QStringLiteral("%1/ch%2").arg(map.address).arg(channel);
}

QString unitAddress(const BlockMaps::Map &map, int channel, QPoint position)
{
    return QString::fromStdString(
        toString(UnitAddress{map.address.toStdString(), channel, position.y(), position.x()}));
}

QString unitReadout(const BlockMaps::Map &map, int channel, QPoint position)
{
    const float value = map.tensor->at(position.y(), position.x(), channel);
    // Nine significant digits give every float back exactly.
    return QStringLiteral("%1 = %2").arg(unitAddress(map, channel, position)).arg(double(value), 0, 'g', 9);
}

QString describeFrames(const BlockMaps &maps, const BlockMaps::Map &map, int channel, QPoint position)
{
    const QSizeF field = fieldOf(maps, map, position).size();
    return QCoreApplication::translate("Unit",
                                       "%1: the small frame is its place, the large one its receptive "
                                       "field, the %2 × %3 pixels that it can see.")
        .arg(unitAddress(map, channel, position))
        .arg(field.width())
        .arg(field.height());
}

std::optional<TypedAddress> TypedAddress::parse(const QString &text)
{
    QString tensor = text;
    std::optional<UnitAddress> unit;
    if (text.contains(u'@')) {
        try {
            unit = parseUnitAddress(text.toStdString());
            tensor = QStringLiteral("%1/ch%2").arg(QString::fromStdString(unit->tensor)).arg(unit->channel);
        } catch (const Error &) {
            return {};
        }
    }
    static const QRegularExpression pattern(QStringLiteral("^(\\w+)(?:/(\\w+)(?:/ch(\\d{1,6}))?)?$"));
    const QRegularExpressionMatch match = pattern.match(tensor);
    if (!match.hasMatch())
        return {};
    TypedAddress address{match.captured(1), match.captured(2)};
    if (!match.captured(3).isEmpty())
        address.channel = match.captured(3).toInt();
    if (unit)
        address.position = QPoint(unit->column, unit->row);
    return address;
}

} // namespace reslens
