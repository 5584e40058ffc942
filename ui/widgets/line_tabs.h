// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/appearance.h"

#include <QTabBar>

namespace reslens {

/// Things to choose from as words in a line, the chosen one underlined.
class LineTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit LineTabs(QWidget *parent = nullptr);

protected:
    /// Between a word and the edges of its tab. The first word stays where it is.
    void setRoom(int room);
    int widthOf(const QStringList &words, int room) const;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;

private:
    /// What stands before the first tab's own room.
    int indent(int index) const { return index == 0 ? Inset - m_room : 0; }

    int m_room = Inset;
};

} // namespace reslens
