// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>
#include <QString>

#include <stop_token>
#include <string>

namespace reslens::cli {

/// Writes text to standard output at once, so that a reader at the other end of a pipe sees each result when
/// it is there. Its lines are escaped().
void print(const QString &text);

/// Text with its control characters spelled out ("\\x1b", "\\n"), and those that turn its direction: a
/// file's name must not move the cursor, nor look like another.
QString escaped(const QString &text);

/// The one document of a command called with --json.
void print(const QJsonObject &document);

/// A message for people, on standard error: "reslens-cli: …".
void warn(const std::string &sentence);

/// "12/340 IMG_1.jpg" in one line that is written over and over, on standard error and only if that is a
/// terminal.
class ProgressLine
{
public:
    ProgressLine();
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine &) = delete;
    ProgressLine &operator=(const ProgressLine &) = delete;

    void show(int number, int count, const QString &name);
    void show(const QString &text);
    bool isTerminal() const { return m_isTerminal; }
    /// Makes room for a result or a message.
    void clear();

private:
    bool m_isTerminal;
    bool m_shown = false;
};

/// Turns the first Ctrl+C into a request on interruptToken(); the second ends the program at once. The same
/// for SIGTERM and SIGHUP; what the program was started to ignore, it goes on to.
void watchForInterrupt();
std::stop_token interruptToken();
/// Throws Error(Cancelled) after Ctrl+C.
void throwIfInterrupted();

} // namespace reslens::cli
