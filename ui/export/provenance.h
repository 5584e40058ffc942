// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model_info.h"

#include <QJsonObject>
#include <QString>

#include <map>
#include <string>

namespace reslens {

/// Where values that leave the program come from. Hashes are SHA-256, as hexadecimal digits.
struct Provenance
{
    QString image;     ///< what the picture is called
    QString imagePath; ///< absolute; empty for a picture without a file
    QString imageHash; ///< of the file; empty for a picture without a file's bytes
    QString model;
    QString modelPath; ///< absolute; empty for the embedded model
    QString modelHash; ///< of the file
    int inputSize = 0; ///< side of the network's square, in pixels
    QString preprocessing;

    /// Name and path of a model.
    void setModel(const ModelInfo &info);
};

QJsonObject toJson(const Provenance &provenance);

/// As flat texts: image, image_sha256, model, model_sha256, preprocessing; empty ones are left out.
std::map<std::string, std::string> attributesOf(const Provenance &provenance);

} // namespace reslens
