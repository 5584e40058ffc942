// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/appearance.h"

#include <QApplication>
#include <QStyle>
#include <QStyleHints>
#include <QWidget>

namespace reslens {
namespace {

struct Tones
{
    QColor window, base, text, button, accent;
};

QPalette paletteOf(Appearance appearance)
{
    static const Tones light{0xf7f7f8, 0xffffff, 0x1d1f23, 0xf0f0f2, 0x2f6fd0};
    static const Tones dark{0x232529, 0x1b1d20, 0xe4e5e8, 0x2e3136, 0x4c8bf0};
    const Tones &tones = appearance == Appearance::Dark ? dark : light;
    QPalette palette(tones.button, tones.window);
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, tones.text);
    palette.setColor(QPalette::Base, tones.base);
    palette.setColor(QPalette::AlternateBase, blend(tones.base, tones.text, 0.04));
    palette.setColor(QPalette::ToolTipBase, tones.base);
    palette.setColor(QPalette::PlaceholderText, blend(tones.text, tones.window, 0.35));
    palette.setColor(QPalette::Highlight, tones.accent);
    palette.setColor(QPalette::HighlightedText, Qt::white);
    palette.setColor(QPalette::Link, tones.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, blend(tones.text, tones.window, 0.6));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, blend(tones.text, tones.window, 0.7));
    return palette;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < 128;
}

} // namespace

QColor blend(const QColor &first, const QColor &second, double share)
{
    const auto mix = [share](int a, int b) { return int(a + share * (b - a) + 0.5); };
    return {mix(first.red(), second.red()), mix(first.green(), second.green()),
            mix(first.blue(), second.blue())};
}

void applyAppearance(Appearance appearance)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    // A palette of our own does not follow the platform from light to dark by itself.
    static QMetaObject::Connection following;
    QObject::disconnect(following);
    if (appearance == Appearance::System)
        following = QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, qApp,
                                     [] { applyAppearance(Appearance::System); });
#endif
    if (appearance != Appearance::System)
        return QApplication::setPalette(paletteOf(appearance));
    // An empty palette hands every role back to the platform's theme.
    QApplication::setPalette(QPalette());
    const QPalette brought = QApplication::palette();
    if (brought == QApplication::style()->standardPalette())
        QApplication::setPalette(paletteOf(isDark(brought) ? Appearance::Dark : Appearance::Light));
}

QString toString(Appearance appearance)
{
    switch (appearance) {
    case Appearance::Light:
        return QStringLiteral("light");
    case Appearance::Dark:
        return QStringLiteral("dark");
    case Appearance::System:
        break;
    }
    return QStringLiteral("system");
}

Appearance appearanceFrom(const QString &name)
{
    for (const Appearance appearance : {Appearance::Light, Appearance::Dark})
        if (name == toString(appearance))
            return appearance;
    return Appearance::System;
}

QColor pictureBackground(const QPalette &palette)
{
    return faint(palette, 0.07);
}

QColor quietText(const QPalette &palette)
{
    return blend(palette.color(QPalette::WindowText), palette.color(QPalette::Window), 0.35);
}

void markWrong(QWidget &field, bool wrong)
{
    const bool dark = field.palette().color(QPalette::Base).lightness() < 128;
    QPalette colours;
    if (wrong)
        // Both can be read on the field; the second one is that of the frame.
        for (const QPalette::ColorRole role : {QPalette::Text, QPalette::Highlight})
            colours.setColor(role, dark ? QColor(0xff, 0x8a, 0x80) : QColor(0xb3, 0x26, 0x1e));
    field.setPalette(colours);
}

QColor faint(const QPalette &palette, double strength)
{
    return blend(palette.color(QPalette::Window), palette.color(QPalette::WindowText), strength);
}

} // namespace reslens
