// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/bench_ui.h"
#include "app/window/options.h"
#include "app/window/screenshot.h"
#include "engine/memory.h"
#include "ui/theme/quiet_style.h"
#include "ui/widgets/pages.h"
#include "ui/window/incoming.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QIcon>
#include <QLocale>
#include <QSettings>

#include <algorithm>
#include <cstdio>
#include <span>
#include <string_view>

namespace {

/// Help and pictures of the window need no display: without one they are drawn off-screen.
void drawOffScreenIfPossible(std::span<char *> arguments)
{
    if (qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY") ||
        qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        return;
    const bool possible = std::ranges::any_of(arguments, [](std::string_view argument) {
        return argument.starts_with("--screenshot") || argument == "--bench-ui" ||
               argument.starts_with("--help") || argument == "-h" || argument == "--version" ||
               argument == "-v";
    });
    if (possible)
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

} // namespace

int main(int argc, char **argv)
{
    using namespace reslens;
    keepFreedMemory();
    drawOffScreenIfPossible({argv, std::size_t(argc)});
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("reslens"));
    QApplication::setOrganizationName(QStringLiteral("reslens"));
    QApplication::setApplicationDisplayName(QStringLiteral("Reslens"));
    QApplication::setApplicationVersion(QStringLiteral(RESLENS_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("reslens"));
    // As everywhere else in the program: the same decimal point in charts, fields and tables.
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/reslens.svg")));

    const Options options = readOptions(QApplication::arguments());
    applyStyle();
    applyAppearance(options.appearance.value_or(
        appearanceFrom(QSettings().value(QStringLiteral("appearance")).toString())));

    MainWindow window;
    if (!options.page.isEmpty() && !window.pages().turnTo(options.page)) {
        std::fprintf(stderr, "reslens: --page is “%s”, expected %s.\n", qUtf8Printable(options.page),
                     qUtf8Printable(window.pages().names().join(QStringLiteral(", "))));
        return 2;
    }
    window.show();
    window.present(options.present);
    // Presenting turns to the network.
    window.pages().turnTo(options.page);
    if (!options.size.isEmpty())
        window.resize(options.size);
    if (!options.screenshot.isEmpty())
        takeScreenshot(window, options.screenshot);
    if (options.benchUi)
        benchUi(window);
    window.session().explainer().chooseMethod(options.saliency);
    if (options.check)
        window.session().examiner().start();
    window.loadModel(options.model, options.classNames);
    window.selectBlock(options.selected);
    if (options.against)
        window.compareWith(*options.against);
    if (options.block)
        window.openAddress(*options.block);
    if (!options.files.isEmpty())
        window.openPaths(options.files);
    window.showTheWorks();
    // The first window is never empty.
    if (std::ranges::all_of(options.files, isModelFile))
        window.openSample();
    return QApplication::exec();
}
