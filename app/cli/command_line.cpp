// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"

#include "app/cli/console.h"
#include "engine/error.h"
#include "engine/shapes.h"
#include "ui/weights/official_weights.h"

#include <QFileInfo>

#include <algorithm>

namespace reslens::cli {
namespace {

constexpr int mostThreads = 1024;

QString usageLine(const QString &command, const QString &synopsis)
{
    return QStringLiteral("Usage: reslens-cli %1 [options] %2").arg(command, synopsis).trimmed();
}

bool isSameFile(const QString &one, const QString &other)
{
    return QFileInfo::exists(one) &&
           QFileInfo(one).canonicalFilePath() == QFileInfo(other).canonicalFilePath();
}

} // namespace

void requireText(const QString &argument)
{
    if (argument.contains(QChar::ReplacementCharacter))
        throw Error(
            ErrorKind::InvalidArgument,
            QStringLiteral("\"%1\" is not UTF-8 text; as a file's name, choose another or rename the file")
                .arg(argument)
                .toStdString());
}

CommandLine::CommandLine(const QString &command, const QString &synopsis, const QString &description)
    : m_command(command), m_synopsis(synopsis)
{
    m_parser.setApplicationDescription(description);
    m_parser.addOption({{"h", "help"}, "Show this help."});
}

void CommandLine::addModel()
{
    m_parser.addOption({"model",
                        "An Inception-ResNet-v2 saved by Keras (.h5, .keras) instead of the built-in model; "
                        "\"official\" or \"official-notop\" for the ImageNet weights that fetch-weights "
                        "fetches.",
                        "FILE"});
    addClasses();
}

void CommandLine::addClasses()
{
    m_parser.addOption({"classes",
                        "The names of the model's classes: a text file with one a line, or a JSON list or "
                        "object, instead of those in the model's file or beside it.",
                        "FILE"});
}

void CommandLine::addThreads()
{
    m_parser.addOption({"threads", "Threads that the network runs on; one for each core if left out.", "N"});
}

void CommandLine::addJson()
{
    m_parser.addOption({"json", "Print one JSON document instead of text."});
}

void CommandLine::addInputSize()
{
    m_parser.addOption(
        {"input-size",
         QStringLiteral("Side of the network's square in pixels instead of the model's own, %1 to %2.")
             .arg(leastInputSize)
             .arg(greatestInputSize),
         "N"});
}

void CommandLine::addPreprocessing()
{
    m_parser.addOptions({
        {"resize",
         "How the picture becomes the network's square: squash stretches it, crop takes the centred square "
         "of "
         "87.5 % of the shorter side (default: squash).",
         "MODE", "squash"},
        {"filter", "Resampling: nearest, bilinear or bicubic (default: bilinear).", "NAME", "bilinear"},
        {"no-orientation",
         "Take the pixels as they are stored: do not turn photos as their orientation tag says, and ignore "
         "colour profiles and transparency. With --resize squash --filter nearest this is exactly what "
         "Keras' load_img does for pictures of 8 bits a channel, but for TIFF with an orientation tag, with "
         "premultiplied transparency, or in CIELab colours."},
    });
    addInputSize();
}

bool CommandLine::parse(const QStringList &arguments)
{
    // The parser skips the first argument, the program's name.
    const bool parsed = m_parser.parse(QStringList(m_command) + arguments);
    if (parsed && isSet("help")) {
        // The parser's own usage line does not know of subcommands.
        QString help = m_parser.helpText();
        help.replace(0, help.indexOf('\n'), usageLine(m_command, m_synopsis));
        print(help);
        return false;
    }
    if (!parsed)
        throw UsageError(m_parser.errorText());
    if (m_parser.positionalArguments().contains(QString()))
        throw UsageError(QStringLiteral("%1 was given an empty file name.").arg(m_command));
    return true;
}

QStringList CommandLine::arguments() const
{
    QStringList files = m_parser.positionalArguments();
    // Qt looks for ":picture.jpg" among the files that are built in; those that are there begin with ":/".
    for (QString &file : files)
        if (file.startsWith(u':') && !file.startsWith(QLatin1String(":/")))
            file.prepend("./");
    return files;
}

QString CommandLine::picture() const
{
    if (arguments().size() != 1)
        throw UsageError(QStringLiteral("%1 needs exactly one picture.").arg(m_command));
    return arguments().first();
}

QString CommandLine::value(const QString &option) const
{
    const QString text = m_parser.value(option);
    if (text.isEmpty() && isSet(option))
        throw UsageError(QStringLiteral("--%1 needs a value.").arg(option));
    requireText(text);
    return text;
}

QStringList CommandLine::values(const QString &option) const
{
    QStringList texts = m_parser.values(option);
    if (texts.contains(QString()))
        throw UsageError(QStringLiteral("--%1 needs a value.").arg(option));
    std::ranges::for_each(texts, requireText);
    return texts;
}

int CommandLine::number(const QString &option, int least, int most) const
{
    const QString text = value(option);
    bool isNumber = false;
    const int result = text.toInt(&isNumber);
    if (!isNumber || result < least || result > most)
        throw UsageError(QStringLiteral("--%1 takes a whole number from %2 to %3, not \"%4\".")
                             .arg(option)
                             .arg(least)
                             .arg(most)
                             .arg(text));
    return result;
}

QString CommandLine::model() const
{
    return resolveModel(value("model"));
}

QString CommandLine::output() const
{
    const QString file = value("output");
    requireNotRead(file);
    return file;
}

void CommandLine::requireNotRead(const QString &file) const
{
    QStringList inputs = arguments();
    for (const char *option : {"classes", "boxes"})
        if (m_parser.optionNames().contains(QLatin1String(option)))
            inputs << m_parser.values(option);
    inputs << model();
    // Its description lies beside it.
    for (const QString &written : {file, file + ".json"})
        for (const QString &input : inputs)
            if (isSameFile(written, input))
                throw UsageError(
                    QStringLiteral("--output would replace \"%1\", which is to be read.").arg(written));
}

int CommandLine::threads() const
{
    return isSet("threads") ? number("threads", 1, mostThreads) : 0;
}

int CommandLine::inputSize() const
{
    return isSet("input-size") ? number("input-size", leastInputSize, greatestInputSize) : 0;
}

Preprocessing CommandLine::preprocessing() const
{
    Preprocessing result;
    const QString mode = value("resize");
    if (mode == "crop")
        result.mode = ResizeMode::Crop;
    else if (mode != "squash")
        throw UsageError(QStringLiteral("--resize takes squash or crop, not \"%1\".").arg(mode));

    const QString filter = value("filter");
    if (filter == "nearest")
        result.filter = ResizeFilter::Nearest;
    else if (filter == "bicubic")
        result.filter = ResizeFilter::Bicubic;
    else if (filter != "bilinear")
        throw UsageError(
            QStringLiteral("--filter takes nearest, bilinear or bicubic, not \"%1\".").arg(filter));
    return result;
}

ReadOptions CommandLine::readOptions() const
{
    return {.applyOrientation = !isSet("no-orientation")};
}

Preparation CommandLine::preparation() const
{
    return {preprocessing(), readOptions().applyOrientation};
}

} // namespace reslens::cli
