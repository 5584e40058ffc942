// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/same_content.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace reslens {
namespace {

constexpr qint64 Portion = 1 << 20;

/// Without opening the file: to open a pipe is to wait for its other end. -1 for what is no regular file.
qint64 sizeOf(const PictureSource &source)
{
    if (!source.isFile())
        return source.bytes.size();
    const QFileInfo info(source.path);
    return info.isFile() ? info.size() : -1;
}

std::unique_ptr<QIODevice> contentOf(const PictureSource &source)
{
    if (source.isFile())
        return std::make_unique<QFile>(source.path);
    auto content = std::make_unique<QBuffer>();
    content->setData(source.bytes);
    return content;
}

} // namespace

bool haveSameContent(const PictureSource &a, const PictureSource &b)
{
    if (a == b)
        return true;
    if (!a.image.isNull() || !b.image.isNull())
        return false;
    if (sizeOf(a) < 0 || sizeOf(a) != sizeOf(b))
        return false;
    const std::unique_ptr<QIODevice> first = contentOf(a);
    const std::unique_ptr<QIODevice> second = contentOf(b);
    if (!first->open(QIODevice::ReadOnly) || !second->open(QIODevice::ReadOnly))
        return false;
    const QByteArray start = first->read(Portion);
    return start.size() == std::min(sizeOf(a), Portion) && start == second->read(Portion);
}

} // namespace reslens
