// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "engine/error.h"

#include <QJsonDocument>

#include <csignal>
#include <cstdio>
#include <semaphore.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace reslens::cli {
namespace {

constexpr const char *eraseLine = "\r\x1b[K";

// A signal handler may post a semaphore, but not request a stop.
sem_t interrupted;

std::stop_source &interruptSource()
{
    static std::stop_source source;
    return source;
}

void writeOut(const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stdout);
    std::fflush(stdout);
}

/// What terminals obey, or what makes the text after it run backwards.
bool movesText(QChar letter)
{
    switch (letter.direction()) {
    case QChar::DirLRE:
    case QChar::DirLRO:
    case QChar::DirRLE:
    case QChar::DirRLO:
    case QChar::DirPDF:
    case QChar::DirLRI:
    case QChar::DirRLI:
    case QChar::DirFSI:
    case QChar::DirPDI:
        return true;
    default:
        return letter.category() == QChar::Other_Control;
    }
}

} // namespace

void print(const QString &text)
{
    QStringList lines = text.split('\n');
    for (QString &line : lines)
        line = escaped(line);
    writeOut(lines.join('\n').toUtf8());
}

QString escaped(const QString &text)
{
    QString result;
    for (const QChar letter : text) {
        if (letter == u'\n')
            result += QStringLiteral("\\n");
        else if (movesText(letter))
            result += QStringLiteral("\\x%1").arg(int(letter.unicode()), 2, 16, QLatin1Char('0'));
        else
            result += letter;
    }
    return result;
}

void print(const QJsonObject &document)
{
    writeOut(QJsonDocument(document).toJson());
}

void warn(const std::string &sentence)
{
    const QByteArray text = escaped(QString::fromStdString(sentence)).toUtf8();
    std::fprintf(stderr, "reslens-cli: %s\n", text.constData());
}

ProgressLine::ProgressLine() : m_isTerminal(::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(int number, int count, const QString &name)
{
    const QString shortened = name.size() > 60 ? "…" + name.right(59) : name;
    show(QStringLiteral("%1/%2 %3").arg(number).arg(count).arg(escaped(shortened)));
}

void ProgressLine::show(const QString &text)
{
    if (!m_isTerminal)
        return;
    std::fprintf(stderr, "%s%s", eraseLine, qPrintable(text));
    m_shown = true;
}

void ProgressLine::clear()
{
    if (!m_shown)
        return;
    std::fputs(eraseLine, stderr);
    m_shown = false;
}

void watchForInterrupt()
{
    sem_init(&interrupted, 0, 0);
    try {
        std::thread([source = interruptSource()]() mutable {
            while (sem_wait(&interrupted) != 0) {
            }
            source.request_stop();
        }).detach();
    } catch (const std::system_error &) {
        // Without memory for a thread, the first Ctrl+C ends the program at once, too.
        return;
    }

    struct sigaction action = {};
    action.sa_handler = [](int) { sem_post(&interrupted); };
    // The second Ctrl+C does what it does without a handler.
    action.sa_flags = SA_RESETHAND | SA_RESTART;
    for (const int end : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction inherited = {};
        sigaction(end, nullptr, &inherited);
        // What nohup or a script has ignored on purpose stays so.
        if (inherited.sa_handler != SIG_IGN)
            sigaction(end, &action, nullptr);
    }
    // A file that may grow no further is a write that fails, and is reported as such.
    std::signal(SIGXFSZ, SIG_IGN);
}

std::stop_token interruptToken()
{
    return interruptSource().get_token();
}

void throwIfInterrupted()
{
    if (interruptSource().stop_requested())
        throw Error(ErrorKind::Cancelled, "cancelled");
}

} // namespace reslens::cli
