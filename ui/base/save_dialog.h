// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <functional>

class QWidget;

namespace reslens {

/// Where files were saved last.
QString exportFolder();
/// Remembers the folder of what is being saved.
void rememberExport(const QString &file);

/// Asks for a file to write and hands it over, with the position of the filter that was chosen. `name` is the
/// proposed one, without its suffix; each of the filters, such as "PNG picture (*.png)", has one suffix,
/// which a name without any gets.
void askWhereToSave(QWidget *window, const QString &title, const QString &name, const QStringList &filters,
                    const std::function<void(const QString &file, int filter)> &chosen);

} // namespace reslens
