// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/same_content.h"

#include <QBuffer>
#include <QFile>

namespace reslens {
namespace {

constexpr qint64 Portion = 1 << 16;

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
    const std::unique_ptr<QIODevice> first = contentOf(a);
    const std::unique_ptr<QIODevice> second = contentOf(b);
    if (!first->open(QIODevice::ReadOnly) || !second->open(QIODevice::ReadOnly) ||
        first->size() != second->size())
        return false;
    while (!first->atEnd())
        if (const QByteArray bytes = first->read(Portion); bytes.isEmpty() || bytes != second->read(Portion))
            return false;
    return true;
}

} // namespace reslens
