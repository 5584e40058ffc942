// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/session.h"

#include <QMenu>
#include <functional>

namespace reslens {

/// Takes channels out of the program: as a picture, as values, to the clipboard.
class ExportMenu : public QMenu
{
    Q_OBJECT

public:
    enum class Form
    {
        Picture, ///< as it is seen: what is selected, or all that is shown, in the order on screen
        Values   ///< what is selected, or the whole tensor, in the tensor's order
    };
    /// Asked for the channels at the time; nothing if there are none.
    using Scope = std::function<std::optional<MapExport>(Form)>;

    ExportMenu(Session &session, Scope scope, QWidget *parent = nullptr);

    void copy();
    /// Names what each action is about now; before the menu opens, it does so by itself.
    void describe();

private:
    void save(Form form);
    void saveTensors();

    Session &m_session;
    Scope m_scope;
    QAction *m_picture;
    QAction *m_values;
    QAction *m_tensors;
    QAction *m_copy;
};

/// "block17_3_residual_ch37", "block17_3_residual" for the whole tensor, "…_12_channels" for a part of it.
QString fileNameFor(const MapExport &wanted);

} // namespace reslens
