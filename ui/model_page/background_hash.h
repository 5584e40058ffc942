// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFutureWatcher>
#include <QObject>

#include <functional>
#include <stop_token>

namespace reslens {

/// A checksum that is computed on a thread of its own: a model file has hundreds of megabytes.
class BackgroundHash : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<QString(const std::stop_token &)>;

    explicit BackgroundHash(QObject *parent = nullptr);
    ~BackgroundHash() override;

    /// Gives up the one before, which then delivers nothing.
    void start(const Work &work);
    void cancel();
    bool isRunning() const { return m_running; }

signals:
    /// Empty if the work has thrown an Error.
    void done(const QString &checksum);

private:
    QFutureWatcher<QString> m_watcher;
    std::stop_source m_stop;
    bool m_running = false;
};

} // namespace reslens
