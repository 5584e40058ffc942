// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/method.h"
#include "ui/maps/unit.h"
#include "ui/theme/appearance.h"

#include <QSize>
#include <QStringList>
#include <optional>

namespace reslens {

/// What the command line asks for.
struct Options
{
    QStringList files;
    QString model;                          ///< file; empty for the embedded one
    QString classNames;                     ///< file of the model's class names; empty for its own
    std::optional<TypedAddress> block;      ///< to open; nothing for the network
    QString selected;                       ///< block on the network page; empty for the first
    QString page;                           ///< of the window's right side; empty for the first
    std::optional<QString> against;         ///< a second model, as `model`, to compare with
    std::optional<SaliencyMethod> saliency; ///< nothing for no map, but over the sample
    bool check = false;                     ///< whether the map is worth anything
    bool present = false;                   ///< large type on the full screen
    QString screenshot;                     ///< picture of the window to write; empty for none
    bool benchUi = false;                   ///< measure the window and end
    QSize size;                             ///< of the window; empty for the remembered one
    std::optional<Appearance> appearance;   ///< nothing for the remembered one
};

/// Reads the command line of the application. Help, version and wrong usage end the process, the latter with
/// status 2.
Options readOptions(const QStringList &arguments);

} // namespace reslens
