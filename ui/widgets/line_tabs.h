// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTabBar>

namespace reslens {

/// Things to choose from as words in a line, the chosen one underlined.
class LineTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit LineTabs(QWidget *parent = nullptr);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;
};

} // namespace reslens
