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
    // Files may have been written over since.
    m_thumbnails.clear();
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

void FilmstripModel::setRead(int row, const FileVersion &version)
{
    const QString &path = picture(row).path;
    const Thumbnail *kept = m_thumbnails.object(path);
    if (!kept || kept->read == version)
        return;
    m_thumbnails.remove(path);
    emit dataChanged(index(row), index(row), {Qt::DecorationRole});
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
    if (const Thumbnail *kept = m_thumbnails.object(source.path))
        return kept->image;
    if (source.isFile() && !m_requested.contains(source.path)) {
        m_requested.insert(source.path);
        auto *self = const_cast<FilmstripModel *>(this);
        // Not QFuture::then(): Qt 6.4 calls what follows twice, and crashes, if the reader's thread is put
        // aside at the moment between being done and saying so.
        m_pool.start([self, reader = m_reader, path = source.path] {
            // Before the file is read: what is written over it meanwhile is another version.
            const FileVersion version = FileVersion::of(path);
            const Thumbnail thumbnail{reader(path, ThumbnailSize).convertToFormat(QImage::Format_RGB888),
                                      version};
            QMetaObject::invokeMethod(
                self, [self, path, thumbnail] { self->keepThumbnail(path, thumbnail); },
                Qt::QueuedConnection);
        });
    }
    return {};
}

void FilmstripModel::keepThumbnail(const QString &path, const Thumbnail &thumbnail)
{
    // An unreadable picture stays among the requested ones, so that it is not tried at every repaint.
    if (thumbnail.image.isNull())
        return;
    m_requested.remove(path);
    m_thumbnails.insert(path, new Thumbnail(thumbnail));
    for (int row = 0; row < rowCount(); ++row)
        if (picture(row).path == path)
            emit dataChanged(index(row), index(row), {Qt::DecorationRole});
}

} // namespace reslens
