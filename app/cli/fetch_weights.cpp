// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/error.h"
#include "ui/weights/data_size.h"
#include "ui/weights/download.h"
#include "ui/weights/file_hash.h"
#include "ui/weights/official_weights.h"

#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QRegularExpression>

namespace reslens::cli {
namespace {

QUrl readUrl(const QString &text)
{
    QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https" && url.scheme() != "http"))
        throw UsageError(
            QStringLiteral("--url takes an address that begins with https:// or http://, not \"%1\".")
                .arg(text));
    return url;
}

QByteArray readMd5(const QString &text)
{
    static const QRegularExpression form("^[0-9a-fA-F]{32}$");
    if (!form.match(text).hasMatch())
        throw UsageError(QStringLiteral("--md5 takes 32 hexadecimal digits, not \"%1\".").arg(text));
    return text.toLower().toLatin1();
}

/// The official file, from where and with what checksum the command line says. A file with another checksum
/// is not the official one and is called what its address calls it.
RemoteFile chosenFile(const CommandLine &line)
{
    RemoteFile file = officialWeights(!line.isSet("no-top"));
    if (line.isSet("url"))
        file.url = readUrl(line.value("url"));
    if (!line.isSet("md5"))
        return file;
    const QByteArray md5 = readMd5(line.value("md5"));
    if (md5 == file.md5)
        return file;
    if (!line.isSet("url") || file.url.fileName().isEmpty())
        throw UsageError("--md5 of another file needs the --url of that file.");
    return {file.url.fileName(), file.url, md5, 0};
}

/// Where the whole file is already; empty if it is not.
QString existing(const RemoteFile &file, const QString &folder)
{
    const QString path = folder.isEmpty() ? findWeights(file.name) : QDir(folder).absoluteFilePath(file.name);
    const bool found = !path.isEmpty() && QFileInfo(path).isFile();
    return found && hashOfFile(path, QCryptographicHash::Md5, interruptToken()) == file.md5 ? path
                                                                                            : QString();
}

/// How far it is: in a line that is written over on a terminal, otherwise in a line every tenth of the way.
class Progress
{
public:
    void show(qint64 received, qint64 total)
    {
        if (!m_timer.isValid()) {
            m_timer.start();
            m_start = received;
        }
        QString text = readableSize(received);
        if (total > 0)
            text += QStringLiteral(" of %1, %2 %").arg(readableSize(total)).arg(100 * received / total);
        if (m_timer.elapsed() > 0 && received > m_start)
            text +=
                QStringLiteral(", %1/s").arg(readableSize(1000 * (received - m_start) / m_timer.elapsed()));
        m_line.show(text);
        const int tenth = total > 0 ? int(10 * received / total) : 0;
        if (!m_line.isTerminal() && tenth != m_tenth)
            warn(text.toStdString());
        m_tenth = tenth;
    }

    void pause(const QString &sentence)
    {
        m_line.clear();
        warn(sentence.toStdString());
    }

    void clear() { m_line.clear(); }

private:
    ProgressLine m_line;
    QElapsedTimer m_timer;
    qint64 m_start = 0;
    int m_tenth = 0;
};

/// The path of the file, once it is there. Throws Error: FileUnreadable with why not, Cancelled after Ctrl+C.
QString fetch(const RemoteFile &file, const QString &folder)
{
    Download download(file, folder);
    Progress progress;
    QEventLoop loop;
    QString path;
    QString failure;
    QObject::connect(&download, &Download::progressed, &loop,
                     [&](qint64 received, qint64 total) { progress.show(received, total); });
    QObject::connect(&download, &Download::paused, &loop,
                     [&](const QString &sentence) { progress.pause(sentence); });
    QObject::connect(&download, &Download::finished, &loop, [&](const QString &where) {
        path = where;
        loop.quit();
    });
    QObject::connect(&download, &Download::failed, &loop, [&](const QString &sentence) {
        failure = sentence;
        loop.quit();
    });
    QObject::connect(&download, &Download::cancelled, &loop, &QEventLoop::quit);
    QMetaObject::invokeMethod(&download, &Download::start, Qt::QueuedConnection);
    const std::stop_callback stop(interruptToken(), [&download] {
        QMetaObject::invokeMethod(&download, &Download::cancel, Qt::QueuedConnection);
    });
    loop.exec();
    progress.clear();
    if (!failure.isEmpty())
        throw Error(ErrorKind::FileUnreadable, failure.toStdString());
    if (path.isEmpty()) {
        warn("What there is stays, and the same command goes on with it.");
        throw Error(ErrorKind::Cancelled, "cancelled");
    }
    return path;
}

} // namespace

int fetchWeights(const QStringList &arguments)
{
    CommandLine line(
        "fetch-weights", "",
        "Fetches Keras' ImageNet weights of InceptionResNetV2 (225 MB) and prints where they are. They are "
        "what\n"
        "\"--model official\" means. A download that is cut, or stopped with Ctrl+C, goes on where it was; "
        "only\n"
        "a file with the right checksum gets its name. The system's proxy settings are honoured.");
    line.add({"no-top", "The weights without the classification head, \"--model official-notop\"."});
    line.add({"url", "Fetch from this address, for instance of a mirror.", "URL"});
    line.add({"md5", "The checksum of the file at --url, if that is not the official file.", "SUM"});
    line.add(
        {"directory", QStringLiteral("The folder for the file (default: %1).").arg(weightsFolder()), "DIR"});
    if (!line.parse(arguments))
        return statusDone;
    if (!line.arguments().isEmpty())
        throw UsageError("fetch-weights takes options only.");

    const RemoteFile file = chosenFile(line);
    const QString folder = line.value("directory");
    QString path = existing(file, folder);
    if (path.isEmpty())
        path = fetch(file, folder.isEmpty() ? weightsFolder() : folder);
    else
        warn("It is already there, and its checksum is right.");
    print(path + '\n');
    return statusDone;
}

} // namespace reslens::cli
