// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/filmstrip_model.h"

namespace reslens {

FilmstripModel::FilmstripModel(Reader reader, QObject *parent)
    : QAbstractListModel(parent), m_reader(std::move(reader))
{
    m_pool.setMaxThreadCount(1);
}

FilmstripModel::~FilmstripModel()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void FilmstripModel::setPictures(std::vector<PictureSource> pictures)
{
    beginResetModel();
    m_pool.clear();
    m_requested.clear();
    m_entries.clear();
    for (PictureSource &source : pictures)
        m_entries.push_back({std::move(source), State::Unseen, {}});
    endResetModel();
}

void FilmstripModel::setState(int row, State state, const QString &note)
{
    Entry &entry = m_entries[std::size_t(row)];
    entry.state = state;
    entry.note = note;
    emit dataChanged(index(row), index(row));
}

int FilmstripModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant FilmstripModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Entry &entry = m_entries[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return entry.source.name;
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return entry.note.isEmpty() ? entry.source.name
                                    : QStringLiteral("%1: %2").arg(entry.source.name, entry.note);
    case Qt::DecorationRole:
        return thumbnail(index.row());
    case StateRole:
        return int(entry.state);
    default:
        return {};
    }
}

QVariant FilmstripModel::thumbnail(int row) const
{
    const PictureSource &source = picture(row);
    if (const QImage *image = m_thumbnails.object(source.path))
        return *image;
    if (source.isFile() && !m_requested.contains(source.path)) {
        m_requested.insert(source.path);
        auto *self = const_cast<FilmstripModel *>(this);
        // Not QFuture::then(): Qt 6.4 calls what follows twice, and crashes, if the reader's thread is put
        // aside at the moment between being done and saying so.
        m_pool.start([self, reader = m_reader, path = source.path] {
            QMetaObject::invokeMethod(
                self, [self, path, image = reader(path, ThumbnailSize)] { self->keepThumbnail(path, image); },
                Qt::QueuedConnection);
        });
    }
    return {};
}

void FilmstripModel::keepThumbnail(const QString &path, const QImage &image)
{
    // An unreadable picture stays among the requested ones, so that it is not tried at every repaint.
    if (image.isNull())
        return;
    m_requested.remove(path);
    m_thumbnails.insert(path, new QImage(image.convertToFormat(QImage::Format_RGB888)));
    for (int row = 0; row < rowCount(); ++row)
        if (picture(row).path == path)
            emit dataChanged(index(row), index(row), {Qt::DecorationRole});
}

} // namespace reslens
