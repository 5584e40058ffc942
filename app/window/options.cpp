// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/options.h"

#include "engine/error.h"
#include "ui/weights/official_weights.h"

#include <QCommandLineParser>
#include <QRegularExpression>
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

} // namespace

Options readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("See what Inception-ResNet-v2 sees."));
    parser.addPositionalArgument(QStringLiteral("file"), QStringLiteral("Pictures or folders to open."),
                                 QStringLiteral("[FILE…]"));
    const QCommandLineOption model(
        QStringLiteral("model"),
        QStringLiteral("Model saved by Keras (.h5, .keras) to use; \"official\" or \"official-notop\" for "
                       "the ImageNet weights that reslens-cli fetch-weights fetches."),
        QStringLiteral("FILE"));
    const QCommandLineOption classes(
        QStringLiteral("classes"),
        QStringLiteral("Names of the model's classes: text, one a line, or a JSON list or object."),
        QStringLiteral("FILE"));
    const QCommandLineOption block(
        QStringLiteral("block"),
        QStringLiteral("Open a block, one of its tensors, a channel, or how a unit came to be: block17_3, "
                       "block17_3/residual, block17_3/residual/ch37, block17_3/residual/ch37@(3,5)."),
        QStringLiteral("ADDRESS"));
    const QCommandLineOption page(
        QStringLiteral("page"), QStringLiteral("Turn to a page of the window's right side, such as network."),
        QStringLiteral("NAME"));
    const QCommandLineOption select(QStringLiteral("select"),
                                    QStringLiteral("Select a block on the network page: block17_3."),
                                    QStringLiteral("BLOCK"));
    const QCommandLineOption against(QStringLiteral("against"),
                                     QStringLiteral("Compare with this second model file."),
                                     QStringLiteral("FILE"));
    const QCommandLineOption saliency(
        QStringLiteral("saliency"),
        QStringLiteral("Show what speaks for the most probable class, by a method of reslens-cli saliency."),
        QStringLiteral("METHOD"));
    const QCommandLineOption check(
        QStringLiteral("check"),
        QStringLiteral("Check how far the map can be trusted, as on the page trust."));
    const QCommandLineOption present(QStringLiteral("present"),
                                     QStringLiteral("Large type on the full screen, for a lecture."));
    const QCommandLineOption screenshot(
        QStringLiteral("screenshot"),
        QStringLiteral("Classify, print the top 5, write a picture of the window (.png, .webp, …), and end."),
        QStringLiteral("PICTURE"));
    const QCommandLineOption benchUi(
        QStringLiteral("bench-ui"),
        QStringLiteral("Measure how fast feature maps scroll and open, print it, and end."));
    const QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window in pixels."),
                                  QStringLiteral("WIDTHxHEIGHT"));
    const QCommandLineOption light(QStringLiteral("light"), QStringLiteral("Light appearance."));
    const QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("Dark appearance."));
    parser.addOptions({model, classes, block, select, page, against, saliency, check, present, screenshot,
                       benchUi, size, light, dark});
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
    options.model = readModel(parser.value(model));
    options.classNames = parser.value(classes);
    if (parser.isSet(block))
        options.block = readAddress(parser.value(block));
    options.page = parser.value(page);
    options.selected = parser.value(select);
    options.against = parser.value(against);
    if (parser.isSet(saliency))
        options.saliency = readMethod(parser.value(saliency));
    options.check = parser.isSet(check);
    options.present = parser.isSet(present);
    options.screenshot = parser.value(screenshot);
    options.benchUi = parser.isSet(benchUi);
    if (parser.isSet(size))
        options.size = readSize(parser.value(size));
    if (parser.isSet(light) || parser.isSet(dark))
        options.appearance = parser.isSet(dark) ? Appearance::Dark : Appearance::Light;
    return options;
}

} // namespace reslens
