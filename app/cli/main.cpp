// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/error.h"
#include "engine/memory.h"

#include <QGuiApplication>

#include <array>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <langinfo.h>
#include <new>

namespace reslens::cli {
namespace {

struct Command
{
    const char *name;
    const char *summary;
    int (*run)(const QStringList &);
};

constexpr std::array commands{
    Command{"classify", "the most probable classes of pictures", classify},
    Command{"features", "the values of tensors inside the network, as .npy, .h5 or .png", features},
    Command{"explain", "how one value inside the network came to be", explain},
    Command{"saliency", "what speaks for and against a class, as a map and in numbers", saliency},
    Command{"evaluate-saliency", "what the methods' maps are worth, over many pictures", evaluateSaliency},
    Command{"lesion", "what the network sees with residual blocks turned off, down or up", lesion},
    Command{"lens", "how the classes grow over the last blocks", lens},
    Command{"inspect", "what a model file is, or what is wrong with it", inspect},
    Command{"fetch-weights", "Keras' ImageNet weights, from its server or a mirror", fetchWeights},
    Command{"bench", "latency, load time and memory on this machine", bench},
};

/// "classify, features, … or bench"
QString commandNames()
{
    QStringList names;
    for (const Command &command : commands)
        names << QLatin1String(command.name);
    const QString last = names.takeLast();
    return names.join(", ") + " or " + last;
}

QString help()
{
    QString text = "Usage: reslens-cli COMMAND …\n"
                   "See what Inception-ResNet-v2 sees.\n\n"
                   "Commands:\n";
    for (const Command &command : commands)
        text += QStringLiteral("  %1 %2\n").arg(QLatin1String(command.name), -17).arg(command.summary);
    return text +
           "\n"
           "Options:\n"
           "  -h, --help     Show this help; after a command, that command's.\n"
           "  -v, --version  Show the version.\n\n"
           "Results go to standard output, messages to standard error. The exit status is 0 if all went\n"
           "well, 1 if something could not be done, 2 if the command makes no sense and 130 if it was\n"
           "cancelled, by Ctrl+C or the signals TERM or HUP.\n";
}

int runCommand(const QStringList &arguments)
{
    if (arguments.isEmpty())
        throw UsageError(QStringLiteral("A command is missing: %1.").arg(commandNames()));
    const QString &name = arguments.first();
    if (name == "--help" || name == "-h") {
        print(help());
        return statusDone;
    }
    if (name == "--version" || name == "-v") {
        print(QStringLiteral("reslens-cli " RESLENS_VERSION "\n"));
        return statusDone;
    }
    for (const Command &command : commands) {
        if (name == QLatin1String(command.name))
            return command.run(arguments.mid(1));
    }
    throw UsageError(QStringLiteral("There is no command \"%1\"; use %2.").arg(name, commandNames()));
}

int fail(const QStringList &arguments, const std::string &sentence)
{
    warn(sentence);
    if (arguments.contains("--json"))
        print(QJsonObject{{"error", QString::fromStdString(sentence)}});
    return statusFailed;
}

int runAndReport(const QStringList &arguments)
{
    try {
        return runCommand(arguments);
    } catch (const UsageError &error) {
        warn(error.what());
        warn("See reslens-cli --help.");
        return statusWrongUsage;
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::Cancelled)
            return fail(arguments, error.what());
        warn("Cancelled.");
        return statusCancelled;
    } catch (const std::bad_alloc &) {
        return fail(arguments, "There is not enough memory for this.");
    } catch (const std::exception &error) {
        return fail(arguments, std::string("Something went wrong in the program: ") + error.what());
    }
}

/// Qt wants a UTF-8 locale and complains at length about any other, such as that of a bare system.
void ensureUtf8()
{
    std::setlocale(LC_ALL, "");
    if (qstrcmp(nl_langinfo(CODESET), "UTF-8") != 0)
        qputenv("LC_ALL", "C.UTF-8");
}

} // namespace
} // namespace reslens::cli

int main(int argc, char **argv)
{
    reslens::keepFreedMemory();
    reslens::cli::watchForInterrupt();
    // What this program has to say it says itself; Qt's remarks on the environment help nobody here.
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
        if (type == QtFatalMsg)
            reslens::cli::warn(text.toStdString());
    });
    reslens::cli::ensureUtf8();
    // Text in SVG pictures needs Qt's fonts, but no command needs a display, whatever the desktop has set.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    // Qt would take its own options ("-style", "-title", …) out of the arguments.
    int qtArgumentCount = 1;
    const QGuiApplication application(qtArgumentCount, argv);
    QStringList arguments;
    for (int i = 1; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);
    int status = reslens::cli::runAndReport(arguments);
    if (std::ferror(stdout) != 0) {
        reslens::cli::warn("standard output cannot be written");
        status = reslens::cli::statusFailed;
    }
    // All is written. A regular end would wait for the threads that OpenBLAS starts when it is loaded; where
    // there is no memory for their buffers, they ask for it for ever.
    std::_Exit(status);
}
