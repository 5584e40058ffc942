// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"

#include <QStringList>
#include <cmath>

namespace reslens {
namespace {

QString superscript(int number)
{
    QString text = QString::number(number);
    for (QChar &sign : text)
        sign = sign == u'-' ? QChar(u'⁻') : QStringLiteral("⁰¹²³⁴⁵⁶⁷⁸⁹")[sign.digitValue()];
    return text;
}

} // namespace

QString formatPercent(double share)
{
    if (share > 0 && share < 0.0005)
        return QStringLiteral("< 0.1 %");
    return QStringLiteral("%1 %").arg(100 * share, 0, 'f', 1);
}

QString formatPoints(double change)
{
    if (std::abs(change) < 0.0005)
        return QStringLiteral("±0");
    return (change > 0 ? QStringLiteral("+") : QString()) + formatFixed(100 * change, 1);
}

QString formatValue(double value, int digits)
{
    if (value == 0)
        return QStringLiteral("0");
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    const int magnitude = int(std::floor(std::log10(std::abs(value))));
    if (magnitude < -4 || magnitude > 5) {
        const QStringList parts = QString::number(value, 'e', std::min(1, digits - 1)).split(u'e');
        return QString(parts[0]).replace(u'-', u'−') + QStringLiteral("×10") + superscript(parts[1].toInt());
    }
    // The typographic minus is as wide as a digit, so columns of numbers line up.
    return QString::number(value, 'f', std::max(0, digits - 1 - magnitude)).replace(u'-', u'−');
}

QString formatFixed(double value, int decimals)
{
    return QString::number(value, 'f', decimals).replace(u'-', u'−');
}

QString formatShape(const Shape &shape)
{
    return QString::fromStdString(toString(shape));
}

QString formatDuration(double milliseconds)
{
    return milliseconds < 1000 ? QStringLiteral("%1 ms").arg(milliseconds, 0, 'f', 0)
                               : QStringLiteral("%1 s").arg(milliseconds / 1000, 0, 'f', 1);
}

QString readableName(const std::string &className)
{
    return QString::fromStdString(className).replace(u'_', u' ');
}

} // namespace reslens
