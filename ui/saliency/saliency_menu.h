// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/explainer.h"

#include <QMenu>

class QActionGroup;

namespace reslens {

/// The methods by which an answer can be explained, the default one first, or none. The formula and its
/// source are one hover away.
class SaliencyMenu : public QMenu
{
    Q_OBJECT

public:
    SaliencyMenu(Explainer &explainer, QWidget *parent);

private:
    void addMethods(bool ofResiduals);
    void addMethod(const SaliencyMethodInfo &info);
    void refresh();

    Explainer &m_explainer;
    QActionGroup *m_group;
    QAction *m_off;
};

} // namespace reslens
