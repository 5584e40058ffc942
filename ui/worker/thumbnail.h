// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>

namespace reslens {

/// A picture file fitted into a box, upright, its shape kept; decoded no finer than needed where the format
/// can do that. Null if it cannot be read. Any thread may call it.
QImage readThumbnail(const QString &path, QSize box);

} // namespace reslens
