// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/preprocess.h"
#include "ui/picture/picture.h"
#include "ui/picture/preparation.h"

#include <QCommandLineParser>
#include <QString>

#include <stdexcept>

namespace reslens::cli {

/// Arguments that make no sense; what() is the sentence for the user.
class UsageError : public std::runtime_error
{
public:
    explicit UsageError(const QString &sentence) : std::runtime_error(sentence.toStdString()) {}
};

/// Throws Error(InvalidArgument) for what is not UTF-8: as a file's name, it would be another file's.
void requireText(const QString &argument);

/// What --top takes at most: more than there is of anything.
inline constexpr int mostListed = 1'000'000;

/// A subcommand's options and arguments.
class CommandLine
{
public:
    /// `synopsis` is what follows the subcommand's name and options in the usage line: "IMAGE…".
    CommandLine(const QString &command, const QString &synopsis, const QString &description);

    void add(const QCommandLineOption &option) { m_parser.addOption(option); }
    /// --model and --classes.
    void addModel();
    void addClasses();
    void addThreads();
    void addJson();
    void addInputSize();
    /// --resize, --filter, --no-orientation and --input-size.
    void addPreprocessing();

    /// False if help was asked for, which has then been printed. Throws UsageError.
    bool parse(const QStringList &arguments);

    QStringList arguments() const;
    /// The only argument. Throws UsageError if there are none or several.
    QString picture() const;
    bool isSet(const QString &option) const { return m_parser.isSet(option); }
    /// An option's value; empty if the option is absent and has no default. Throws UsageError if it is given
    /// as "", Error as requireText().
    QString value(const QString &option) const;
    /// All values of an option that may be given several times. Throws as value().
    QStringList values(const QString &option) const;
    /// value() as a whole number. Throws UsageError unless it lies in [least, most].
    int number(const QString &option, int least, int most) const;

    /// The file of the model that --model chooses, see resolveModel(); empty for the built-in one. Throws
    /// Error(FileMissing).
    QString model() const;
    /// The file named by --output. Throws UsageError if it is the picture or the model that is to be read.
    QString output() const;
    /// Throws UsageError if a file that is to be written is one that is to be read.
    void requireNotRead(const QString &written) const;
    /// 0 for as many as there are cores.
    int threads() const;
    /// 0 for the model's own.
    int inputSize() const;
    Preprocessing preprocessing() const;
    ReadOptions readOptions() const;
    /// All of them but the size.
    Preparation preparation() const;

private:
    QString m_command;
    QString m_synopsis;
    QCommandLineParser m_parser;
};

} // namespace reslens::cli
