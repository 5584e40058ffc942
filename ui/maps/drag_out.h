// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/map_export.h"

#include <QObject>
#include <QTemporaryDir>
#include <memory>

class QMimeData;
class QWidget;

namespace reslens {

/// Lets pictures of channels be dragged into other programs: as a PNG file and as an image. The files live as
/// long as this object, for those who read what was dropped on them later.
class DragOut : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Drags until the pointer is let go; `tile` hangs on the pointer.
    void drag(QWidget *source, const MapExport &wanted, const QImage &tile);

    /// What is dragged. The picture is painted and written on a thread of its own; whoever asks for it before
    /// it is there waits. problem() says if it cannot be.
    std::unique_ptr<QMimeData> content(const MapExport &wanted);

signals:
    void problem(const QString &sentence);

private:
    QTemporaryDir m_folder;
};

} // namespace reslens
