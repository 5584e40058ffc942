// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/drag_out.h"

#include "engine/error.h"
#include "ui/maps/export_menu.h"

#include <QDrag>
#include <QFuture>
#include <QMimeData>
#include <QUrl>
#include <QWidget>
#include <QtConcurrent>

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
        writePicture(wanted);
        return {paintChannels(wanted), {}};
    } catch (const Error &error) {
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

    QString failure() const { return QFuture(m_painted).result().failure; }

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
    return std::make_unique<Dragged>(complete);
}

void DragOut::drag(QWidget *source, const MapExport &wanted, const QImage &tile)
{
    auto *drag = new QDrag(source);
    auto *content = static_cast<Dragged *>(this->content(wanted).release());
    drag->setMimeData(content);
    drag->setPixmap(QPixmap::fromImage(tile.scaled(TileSide, TileSide, Qt::KeepAspectRatio)));
    const QPointer<Dragged> alive(content);
    drag->exec(Qt::CopyAction);
    if (alive && !alive->failure().isEmpty())
        emit problem(alive->failure());
}

} // namespace reslens
