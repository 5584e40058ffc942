// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/picture_source.h"

#include <QAbstractListModel>
#include <QCache>
#include <QSet>
#include <QThreadPool>
#include <functional>

namespace reslens {

/// The open pictures, in order. Thumbnails are made on a thread of their own when a view first asks for them,
/// and only the latest hundred are kept, until other pictures are opened.
class FilmstripModel : public QAbstractListModel
{
    Q_OBJECT

public:
    /// Reads a picture no larger than the given size; a null picture if it cannot be read. Called on another
    /// thread.
    using Reader = std::function<QImage(const QString &path, QSize size)>;

    enum class State
    {
        Unseen,
        Answered,
        Failed
    };
    enum Role
    {
        StateRole = Qt::UserRole
    };

    explicit FilmstripModel(Reader reader, QObject *parent = nullptr);
    ~FilmstripModel() override;

    void setPictures(std::vector<PictureSource> pictures);
    void setState(int row, State state, const QString &note);
    /// Tells which version of its file a picture has been read from: a thumbnail of another is made again.
    void setRead(int row, const FileVersion &version);
    const PictureSource &picture(int row) const { return m_entries[std::size_t(row)].source; }
    /// The best class, or why the picture could not be read; empty as long as it is unseen.
    const QString &note(int row) const { return m_entries[std::size_t(row)].note; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

    static constexpr int ThumbnailsKept = 100;
    static constexpr QSize ThumbnailSize{160, 120};

private:
    struct Entry
    {
        PictureSource source;
        State state = State::Unseen;
        QString note;
    };

    struct Thumbnail
    {
        QImage image;
        FileVersion read;
    };

    QVariant thumbnail(int row) const;
    void keepThumbnail(const QString &path, const Thumbnail &thumbnail);

    Reader m_reader;
    std::vector<Entry> m_entries;
    mutable QCache<QString, Thumbnail> m_thumbnails{ThumbnailsKept};
    mutable QSet<QString> m_requested;
    mutable QThreadPool m_pool;
};

} // namespace reslens
