// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace reslens {

/// What a file is that no decoder here reads, by its first bytes: "HEIC", "PSD"; empty for anything else.
QString foreignFormat(const QByteArray &data);

/// Why a BMP is one that Qt's reader gets wrong or takes for damaged, as the end of a sentence; empty for
/// others.
QString unsupportedBmp(const QByteArray &data);

/// The same for drawings: those that refer to pictures elsewhere, which are not loaded, or that unpack to
/// more than 64 MiB.
QString unsupportedSvg(const QByteArray &data);

} // namespace reslens
