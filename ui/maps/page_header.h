// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QMenu;
class QToolButton;

namespace reslens {

/// The line above what is open of a block: what it is, the way back, to the one before and to the next, and
/// what can be saved (Ctrl+S, anywhere on the parent).
class PageHeader : public QWidget
{
    Q_OBJECT

public:
    enum class Level
    {
        Block,
        Channel,
        Unit
    };

    PageHeader(QMenu *save, QWidget *parent);

    void openSaveMenu();
    void setContent(Level level, const QString &title, const QString &subtitle);

signals:
    void backRequested();
    /// To the one before (-1) or after (+1).
    void stepRequested(int by);

private:
    QToolButton *makeButton(const QString &icon);
    QToolButton *makeSaveButton(QMenu *menu);

    QLabel *m_title;
    QLabel *m_subtitle;
    QToolButton *m_back;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_save = nullptr;
};

} // namespace reslens
