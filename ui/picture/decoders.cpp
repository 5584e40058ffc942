// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/picture/decoders.h"

#include "ui/picture/tiff_picture.h"

#include <QImageReader>
#include <QLoggingCategory>

#include <atomic>
#include <cstring>

namespace reslens {
namespace {

std::atomic<QLoggingCategory::CategoryFilter> previousFilter = nullptr;

void silence(QLoggingCategory *category)
{
    // Installing a filter applies it at once, before the previous one is known; categories have theirs by
    // then.
    if (const QLoggingCategory::CategoryFilter previous = previousFilter)
        previous(category);
    for (const char *prefix : {"qt.gui.imageio", "qt.gui.icc", "qt.imageformats", "qt.svg"}) {
        if (std::strncmp(category->categoryName(), prefix, std::strlen(prefix)) == 0) {
            for (const QtMsgType type : {QtDebugMsg, QtInfoMsg, QtWarningMsg, QtCriticalMsg})
                category->setEnabled(type, false);
        }
    }
}

} // namespace

void prepareDecoders(qint64 allocationLimit)
{
    [[maybe_unused]] static const bool once = [&] {
        previousFilter = QLoggingCategory::installFilter(silence);
        silenceLibtiff();
        QImageReader::setAllocationLimit(int(allocationLimit >> 20));
        return true;
    }();
}

QuietBuffer::QuietBuffer(const QByteArray &data)
{
    setData(data);
    open(QIODevice::ReadOnly);
}

bool QuietBuffer::seek(qint64 position)
{
    return position >= 0 && position <= size() && QBuffer::seek(position);
}

} // namespace reslens
