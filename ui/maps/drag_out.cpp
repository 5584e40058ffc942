// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/drag_out.h"

#include "ui/maps/export_menu.h"

#include <QDrag>
#include <QFutureWatcher>
#include <QMimeData>
#include <QUrl>
#include <QWidget>
#include <QtConcurrent>
#include <exception>

namespace reslens {
namespace {

constexpr int TileSide = 96;

struct Painted
{
    QImage picture;
    QString failure; ///< in words; empty if the file is there
};

Painted paintFile(const MapExport &wanted)
{
    try {
        return {writePicture(wanted), {}};
    } catch (const std::exception &error) {
        return {{}, QString::fromUtf8(error.what())};
    }
}

class Dragged : public QMimeData
{
public:
    explicit Dragged(const MapExport &wanted) : m_painted(QtConcurrent::run(paintFile, wanted))
    {
        setUrls({QUrl::fromLocalFile(wanted.file)});
    }

    QStringList formats() const override
    {
        return QMimeData::formats() << QStringLiteral("application/x-qt-image");
    }

    const QFuture<Painted> &painted() const { return m_painted; }

protected:
    QVariant retrieveData(const QString &format, QMetaType type) const override
    {
        const Painted painted = QFuture(m_painted).result();
        if (format == QLatin1String("application/x-qt-image"))
            return painted.picture;
        return QMimeData::retrieveData(format, type);
    }

private:
    QFuture<Painted> m_painted;
};

} // namespace

std::unique_ptr<QMimeData> DragOut::content(const MapExport &wanted)
{
    MapExport complete = wanted;
    complete.file = m_folder.filePath(fileNameFor(wanted) + QStringLiteral(".png"));
    auto content = std::make_unique<Dragged>(complete);
    auto *watcher = new QFutureWatcher<Painted>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        watcher->deleteLater();
        if (const QString failure = watcher->result().failure; !failure.isEmpty())
            emit problem(failure);
    });
    watcher->setFuture(content->painted());
    return content;
}

void DragOut::drag(QWidget *source, const MapExport &wanted, const QImage &tile)
{
    auto *drag = new QDrag(source);
    drag->setMimeData(content(wanted).release());
    drag->setPixmap(QPixmap::fromImage(tile.scaled(TileSide, TileSide, Qt::KeepAspectRatio)));
    drag->exec(Qt::CopyAction);
}

} // namespace reslens
