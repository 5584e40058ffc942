// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/format.h"

#include <QCoreApplication>
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

QString formatChange(double before, double now)
{
    return formatPercent(before).remove(QStringLiteral(" %")) + QStringLiteral(" → ") + formatPercent(now);
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

QString formatWait(double milliseconds)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("format", text); };
    const double seconds = milliseconds / 1000;
    if (seconds < 10)
        return tr("a few seconds");
    if (seconds < 45)
        return tr("about half a minute");
    return seconds < 90 ? tr("about a minute") : tr("about %1 minutes").arg(std::round(seconds / 60));
}

QString readableName(const std::string &className)
{
    return QString::fromStdString(className).replace(u'_', u' ');
}

} // namespace reslens
