// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/saliency_menu.h"

#include <QActionGroup>

namespace reslens {

SaliencyMenu::SaliencyMenu(Explainer &explainer, QWidget *parent)
    : QMenu(parent), m_explainer(explainer), m_group(new QActionGroup(this)), m_off(addAction(tr("Off")))
{
    setToolTipsVisible(true);
    m_off->setToolTip(tr("The picture without a map"));
    m_off->setCheckable(true);
    m_off->setActionGroup(m_group);
    connect(m_off, &QAction::triggered, this, [this] { m_explainer.chooseMethod({}); });
    addSection(tr("From the residual branches"));
    addMethods(true);
    addSection(tr("Usual"));
    addMethods(false);
    connect(this, &QMenu::aboutToShow, this, &SaliencyMenu::refresh);
}

void SaliencyMenu::addMethods(bool ofResiduals)
{
    for (const SaliencyMethodInfo &info : saliencyMethods()) {
        if ((info.place == SaliencyPlace::ResidualBlock) != ofResiduals)
            continue;
        QAction *action = addAction(QString::fromUtf8(info.title));
        action->setToolTip(
            QStringLiteral("%1\n%2").arg(QString::fromUtf8(info.formula), QString::fromUtf8(info.source)));
        action->setCheckable(true);
        action->setActionGroup(m_group);
        action->setData(int(info.method));
        connect(action, &QAction::triggered, this,
                [this, method = info.method] { m_explainer.chooseMethod(method); });
    }
}

void SaliencyMenu::refresh()
{
    const std::optional<Question> &question = m_explainer.question();
    m_off->setChecked(!question);
    for (QAction *action : m_group->actions()) {
        if (action == m_off)
            continue;
        const auto method = SaliencyMethod(action->data().toInt());
        action->setChecked(question && question->method == method);
        action->setEnabled(m_explainer.obstacle(method).isEmpty());
    }
}

} // namespace reslens
