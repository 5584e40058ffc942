// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/network.h"
#include "engine/weights/weight_file.h"

#include <QString>

namespace reslens {

/// A model file, or the embedded model for an empty path. Throws Error as Network::load() does.
std::shared_ptr<const Network> loadNetwork(const QString &path, const LoadOptions &options = {});

/// Its weights as they are stored. Throws Error as WeightFile::open() does.
WeightFile openWeightFile(const QString &path);

/// The SHA-256 of its bytes, as 64 hexadecimal digits. Throws Error: FileUnreadable, Cancelled.
QString sha256Of(const QString &path, const std::stop_token &stop = {});

} // namespace reslens
