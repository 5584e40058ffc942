// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/weights/remote_file.h"

#include <QStringList>

namespace reslens {

/// Keras' ImageNet weights of InceptionResNetV2, with its classification head or without ("no top").
RemoteFile officialWeights(bool top);

/// Where weights are fetched to: the folder of this program's data, the same for window and terminal.
QString weightsFolder();

/// The folders in which official weights are looked for, in this order: weightsFolder(), then those in which
/// Keras keeps what it has fetched, $KERAS_HOME/models and ~/.keras/models.
QStringList weightsFolders();

/// The first file of this name in weightsFolders(); empty if there is none. Whether its content is right
/// shows when it is opened.
QString findWeights(const QString &fileName);

/// The file that a model's name on the command line stands for: that of the official weights for "official"
/// and "official-notop", an empty path for "built-in", and the name itself for everything else. Throws
/// Error(FileMissing), which names the file and the folders, for official weights that are in none of them.
QString resolveModel(const QString &name);

} // namespace reslens
