// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/maps/page_header.h"

#include "ui/theme/appearance.h"
#include "ui/theme/icons.h"
#include "ui/theme/labels.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/menu_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace reslens {

PageHeader::PageHeader(QMenu *save, QWidget *parent)
    : QWidget(parent), m_title(headingLabel()), m_subtitle(new ElidedLabel),
      m_back(makeButton(QStringLiteral("back"))), m_previous(makeButton(QStringLiteral("previous"))),
      m_next(makeButton(QStringLiteral("next")))
{
    m_subtitle->setForegroundRole(QPalette::PlaceholderText);
    auto *layout = new QHBoxLayout(this);
    // The arrow, not the edge of its button, stands in line.
    layout->setContentsMargins(Inset / 2, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_back);
    layout->addWidget(m_title);
    layout->addWidget(m_subtitle, 1);
    layout->addWidget(makeSaveButton(save));
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    connect(m_back, &QToolButton::clicked, this, &PageHeader::backRequested);
    connect(m_previous, &QToolButton::clicked, this, [this] { emit stepRequested(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { emit stepRequested(1); });
}

QToolButton *PageHeader::makeButton(const QString &icon)
{
    auto *button = new QToolButton;
    button->setIcon(themedIcon(icon));
    button->setAutoRaise(true);
    return button;
}

QToolButton *PageHeader::makeSaveButton(QMenu *menu)
{
    auto *save = m_save = new MenuButton;
    save->setIcon(themedIcon(QStringLiteral("save")));
    save->setText(tr("Save"));
    save->setToolTip(tr("Save or copy channels (Ctrl+S)"));
    save->setMenu(menu);
    save->setPopupMode(QToolButton::InstantPopup);
    save->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    save->setAutoRaise(true);
    return save;
}

void PageHeader::openSaveMenu()
{
    m_save->showMenu();
}

void PageHeader::setContent(Level level, const QString &title, const QString &subtitle)
{
    m_title->setText(title);
    m_subtitle->setText(subtitle);
    m_back->setToolTip(level == Level::Unit      ? tr("Back to the channel (Backspace)")
                       : level == Level::Channel ? tr("Back to the channels (Backspace)")
                                                 : tr("Back to the network (Backspace)"));
    const bool isBlock = level == Level::Block;
    m_previous->setToolTip(isBlock ? tr("Previous block (Alt+Up)") : tr("Previous channel (Page Up)"));
    m_next->setToolTip(isBlock ? tr("Next block (Alt+Down)") : tr("Next channel (Page Down)"));
    for (QToolButton *button : {m_back, m_previous, m_next})
        button->setAccessibleName(button->toolTip());
}

} // namespace reslens
