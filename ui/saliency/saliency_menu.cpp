// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/saliency_menu.h"

#include <QActionGroup>

namespace reslens {
namespace {

QString titleOf(const SaliencyMethodInfo &info)
{
    const QString title = QString::fromUtf8(info.title);
    return info.method == defaultSaliencyMethod ? SaliencyMenu::tr("%1 (recommended)").arg(title) : title;
}

/// The key is the window's, which turns the map off and on: here it is only named.
QString withKey(const QString &text, bool hasKey)
{
    return hasKey ? text + QStringLiteral("\tS") : text;
}

} // namespace

SaliencyMenu::SaliencyMenu(Explainer &explainer, QWidget *parent)
    : QMenu(parent), m_explainer(explainer), m_group(new QActionGroup(this)), m_off(addAction(tr("Off")))
{
    setToolTipsVisible(true);
    m_off->setToolTip(tr("The picture without a map"));
    m_off->setCheckable(true);
    m_off->setActionGroup(m_group);
    connect(m_off, &QAction::triggered, this, [this] { m_explainer.chooseMethod({}); });
    addMethod(infoOf(defaultSaliencyMethod));
    addSection(tr("From the residual branches"));
    addMethods(true);
    addSection(tr("Common methods"));
    addMethods(false);
    connect(this, &QMenu::aboutToShow, this, &SaliencyMenu::refresh);
}

void SaliencyMenu::addMethods(bool ofResiduals)
{
    for (const SaliencyMethodInfo &info : saliencyMethods())
        if ((info.place == SaliencyPlace::ResidualBlock) == ofResiduals &&
            info.method != defaultSaliencyMethod)
            addMethod(info);
}

void SaliencyMenu::addMethod(const SaliencyMethodInfo &info)
{
    QAction *action = addAction(titleOf(info));
    action->setToolTip(describeMethod(info));
    action->setCheckable(true);
    action->setActionGroup(m_group);
    action->setData(int(info.method));
    connect(action, &QAction::triggered, this,
            [this, method = info.method] { m_explainer.chooseMethod(method); });
}

void SaliencyMenu::refresh()
{
    const std::optional<Question> &question = m_explainer.question();
    m_off->setChecked(!question);
    m_off->setText(withKey(tr("Off"), question.has_value()));
    for (QAction *action : m_group->actions()) {
        if (action == m_off)
            continue;
        const auto method = SaliencyMethod(action->data().toInt());
        action->setText(withKey(titleOf(infoOf(method)), !question && method == m_explainer.lastMethod()));
        action->setChecked(question && question->method == method);
        action->setEnabled(m_explainer.obstacle(method).isEmpty());
    }
}

} // namespace reslens
