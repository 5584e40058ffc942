// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace reslens {

/// Gives the arrow keys to a window where its widgets would spend them on walking from button to button, or
/// on scrolling what has nowhere to scroll to.
class ArrowKeys : public QObject
{
    Q_OBJECT

public:
    explicit ArrowKeys(QWidget *window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
};

} // namespace reslens
