// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/exporter.h"

#include "ui/worker/requests.h"

#include <QClipboard>
#include <QGuiApplication>
#include <utility>

namespace reslens {

Exporter::Exporter(Requests &requests, QObject *parent) : QObject(parent), m_requests(requests)
{
    connect(requests.worker(), &Worker::saved, this, [this](quint64 id, const QString &file, bool described) {
        finish(id);
        emit saved(file, described);
    });
    connect(requests.worker(), &Worker::saveStopped, this, [this](quint64 id, const QString &file) {
        finish(id);
        emit saveStopped(file);
    });
    connect(requests.worker(), &Worker::saveProgress, this, [this](quint64 id, int done, int count) {
        if (m_savings.contains(id))
            emit progressed(done, count);
    });
    connect(requests.worker(), &Worker::painted, this, [this](quint64 id, const QImage &picture) {
        finish(id);
        QGuiApplication::clipboard()->setImage(picture);
        emit copied();
    });
    connect(requests.worker(), &Worker::failed, this, [this](quint64 id, const QString &sentence) {
        if (!m_running.contains(id))
            return;
        finish(id);
        emit problem(sentence);
    });
}

void Exporter::saveChannels(const MapExport &wanted)
{
    m_running.insert(m_requests.start(&Worker::save, wanted));
}

void Exporter::saveSaliency(const SaliencyExport &wanted)
{
    m_running.insert(m_requests.start(&Worker::saveSaliency, wanted));
}

void Exporter::savePicture(const QImage &picture, const QString &file)
{
    m_running.insert(m_requests.start(&Worker::savePicture, picture, file));
}

void Exporter::saveTensors(const TensorExport &wanted)
{
    const quint64 id = m_requests.start(&Worker::saveTensors, wanted, m_stop.get_token());
    m_running.insert(id);
    m_savings.insert(id);
    emit changed();
}

void Exporter::copyChannels(const MapExport &wanted)
{
    m_running.insert(m_requests.start(&Worker::paint, wanted));
}

void Exporter::cancel()
{
    std::exchange(m_stop, std::stop_source()).request_stop();
}

void Exporter::finish(quint64 id)
{
    m_running.erase(id);
    if (m_savings.erase(id) > 0)
        emit changed();
}

} // namespace reslens
