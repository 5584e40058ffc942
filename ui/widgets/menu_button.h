// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QToolButton>

namespace reslens {

/// A tool bar button that opens a menu, with an arrow after its text.
class MenuButton : public QToolButton
{
    Q_OBJECT

public:
    using QToolButton::QToolButton;

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace reslens
