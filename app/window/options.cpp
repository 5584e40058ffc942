// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/options.h"

#include "engine/error.h"
#include "ui/weights/official_weights.h"

#include <QCommandLineParser>
#include <QRegularExpression>
#include <array>
#include <cstdio>
#include <cstdlib>

namespace reslens {
namespace {

[[noreturn]] void refuse(const QString &sentence)
{
    std::fprintf(stderr, "reslens: %s\n", qUtf8Printable(sentence));
    std::exit(2);
}

QSize readSize(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{2,5})x(\\d{2,5})$"));
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        refuse(QStringLiteral("--size is “%1”, expected WIDTHxHEIGHT such as 1280x800.").arg(text));
    return {match.captured(1).toInt(), match.captured(2).toInt()};
}

TypedAddress readAddress(const QString &text)
{
    if (const std::optional<TypedAddress> address = TypedAddress::parse(text))
        return *address;
    refuse(QStringLiteral("--block is “%1”, expected an address such as block17_3/residual/ch37.").arg(text));
}

SaliencyMethod readMethod(const QString &name)
{
    if (const auto method = saliencyMethodNamed(name.toStdString()))
        return *method;
    QStringList names;
    for (const SaliencyMethodInfo &info : saliencyMethods())
        names << QString::fromUtf8(info.name);
    refuse(QStringLiteral("--saliency is “%1”, expected %2.").arg(name, names.join(QStringLiteral(", "))));
}

QString readModel(const QString &name)
{
    try {
        return resolveModel(name);
    } catch (const Error &error) {
        refuse(QString::fromUtf8(error.what()));
    }
}

struct OptionInfo
{
    const char *name;
    const char *help;
    const char *value = ""; ///< what it takes; nothing for a switch
};

constexpr std::array optionInfos{
    OptionInfo{
        "model",
        "Model saved by Keras (.h5, .keras) to use; \"official\" or \"official-notop\" for the ImageNet "
        "weights that reslens-cli fetch-weights fetches.",
        "FILE"},
    OptionInfo{"classes", "Names of the model's classes: text, one a line, or a JSON list or object.",
               "FILE"},
    OptionInfo{"block",
               "Open a block, one of its tensors, a channel, or how a unit came to be: block17_3, "
               "block17_3/residual, block17_3/residual/ch37, block17_3/residual/ch37@(3,5).",
               "ADDRESS"},
    OptionInfo{"select", "Select a block on the network page: block17_3.", "BLOCK"},
    OptionInfo{"page", "Turn to a page of the window's right side, such as network.", "NAME"},
    OptionInfo{"against", "Compare with this second model, named as for --model.", "FILE"},
    OptionInfo{"saliency",
               "Show what speaks for the most probable class, by a method of reslens-cli saliency.",
               "METHOD"},
    OptionInfo{"check", "Check how far the map can be trusted, as on the page trust."},
    OptionInfo{"present", "Large type on the full screen, for a lecture."},
    OptionInfo{"screenshot",
               "Classify, print the top 5, write a picture of the window (.png, .webp, …), and end.",
               "PICTURE"},
    OptionInfo{"bench-ui", "Measure how fast feature maps scroll and open, print it, and end."},
    OptionInfo{"size", "Size of the window in pixels.", "WIDTHxHEIGHT"},
    OptionInfo{"light", "Light appearance."},
    OptionInfo{"dark", "Dark appearance."}};

} // namespace

Options readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("See what Inception-ResNet-v2 sees."));
    parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("Pictures or folders to open."),
                                 QStringLiteral("[FILE…]"));
    for (const OptionInfo &info : optionInfos)
        parser.addOption(
            {QString::fromUtf8(info.name), QString::fromUtf8(info.help), QString::fromUtf8(info.value)});
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();

    if (!parser.parse(arguments))
        refuse(parser.errorText());
    if (parser.isSet(help))
        parser.showHelp();
    if (parser.isSet(version))
        parser.showVersion();

    Options options;
    options.files = parser.positionalArguments();
    options.model = readModel(parser.value("model"));
    options.classNames = parser.value("classes");
    if (parser.isSet("block"))
        options.block = readAddress(parser.value("block"));
    options.page = parser.value("page");
    options.selected = parser.value("select");
    if (parser.isSet("against"))
        options.against = readModel(parser.value("against"));
    if (parser.isSet("saliency"))
        options.saliency = readMethod(parser.value("saliency"));
    options.check = parser.isSet("check");
    options.present = parser.isSet("present");
    options.screenshot = parser.value("screenshot");
    options.benchUi = parser.isSet("bench-ui");
    if (parser.isSet("size"))
        options.size = readSize(parser.value("size"));
    if (parser.isSet("light") || parser.isSet("dark"))
        options.appearance = parser.isSet("dark") ? Appearance::Dark : Appearance::Light;
    return options;
}

} // namespace reslens
