// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/imaging/image.h"

#include <QImage>
#include <QMap>
#include <QString>
#include <stop_token>

namespace reslens {

/// Writes pixels as a PNG file with the given texts in it ("Description": …). The file appears whole or not
/// at all, see writeAtomically(). Throws Error(FileUnwritable), naming the file, and Error(Cancelled) within
/// a few milliseconds.
void writePng(const QString &file, const Image &image, const QMap<QString, QString> &texts = {},
              const std::stop_token &stop = {});

/// The same of a picture: its pixels without transparency, and nothing else that it carries.
void writePng(const QString &file, const QImage &image, const QMap<QString, QString> &texts = {},
              const std::stop_token &stop = {});

} // namespace reslens
