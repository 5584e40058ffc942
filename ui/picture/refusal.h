// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/error.h"

#include <QImage>
#include <QSize>
#include <QString>

namespace reslens {

/// With separators between the thousands, the same on every machine.
QString grouped(qint64 number);

/// Throws Error with the sentence: the picture's name and the reason.
[[noreturn]] void refuse(ErrorKind kind, const QString &name, const QString &reason);

/// Refuses a picture without pixels, or with more than the limits of picture.h.
void checkSize(const QSize &size, const QString &name);

/// An image to decode into; refuses a picture that memory does not hold.
QImage makeImage(const QSize &size, QImage::Format format, const QString &name);

} // namespace reslens
