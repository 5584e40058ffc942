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
    if (std::isnan(value))
        return QStringLiteral("NaN");
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("∞") : QStringLiteral("−∞");
    return formatBeside(value, value, digits);
}

QString formatBeside(double value, double greatest, int digits)
{
    if (value == 0 || greatest == 0)
        return QStringLiteral("0");
    int magnitude = int(std::floor(std::log10(std::abs(greatest))));
    const bool hasPower = magnitude < -4 || magnitude > 5;
    const int decimals = hasPower ? std::min(1, digits - 1) : std::max(0, digits - 1 - magnitude);
    // 9.96×10⁻⁵ is 1.0×10⁻⁴, not 10.0×10⁻⁵.
    const double least = 10 - 0.5 * std::pow(10, -decimals);
    if (hasPower && std::abs(greatest) / std::pow(10, magnitude) >= least)
        ++magnitude;
    const double shown = hasPower ? value / std::pow(10, magnitude) : value;
    if (std::round(std::abs(shown) * std::pow(10, decimals)) == 0)
        return QStringLiteral("0");
    const QString text = formatFixed(shown, decimals);
    return hasPower ? text + QStringLiteral("×10") + superscript(magnitude) : text;
}

QString formatFixed(double value, int decimals)
{
    // The typographic minus is as wide as a digit, so columns of numbers line up.
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
