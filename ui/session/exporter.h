// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/worker.h"

#include <QObject>
#include <set>

namespace reslens {

class Requests;

/// Has the worker write files. What is asked for is carried out, whatever is shown, asked for or stopped
/// meanwhile; only whole tensors, which may take long, can be stopped. saved(), saveStopped() or problem()
/// follows, or copied() what goes to the clipboard.
class Exporter : public QObject
{
    Q_OBJECT

public:
    explicit Exporter(Requests &requests, QObject *parent = nullptr);

    void saveChannels(const MapExport &wanted);
    void saveSaliency(const SaliencyExport &wanted);
    void savePicture(const QImage &picture, const QString &file);
    /// For the picture on screen.
    void saveTensors(const TensorExport &wanted);
    /// Puts a picture of channels on the clipboard.
    void copyChannels(const MapExport &wanted);
    /// Stops the tensors that are being saved.
    void cancel();

    /// Tensors are being saved.
    bool isSaving() const { return !m_savings.empty(); }

signals:
    /// isSaving() is another.
    void changed();
    /// done of count tensors.
    void progressed(int done, int count);
    void problem(const QString &sentence);
    /// `described`: a description lies beside the file, with ".json" after its name.
    void saved(const QString &file, bool described);
    /// Nothing is written there.
    void saveStopped(const QString &file);
    void copied();

private:
    void finish(quint64 id);

    Requests &m_requests;
    std::set<quint64> m_running;
    std::set<quint64> m_savings; ///< those of them that can be stopped
    std::stop_source m_stop;
};

} // namespace reslens
