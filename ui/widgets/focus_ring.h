// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace reslens {

/// An outline around a view that paints nothing of the keyboard focus itself, as long as it has the focus by
/// the Tab key: who uses the mouse knows where it is.
class FocusRing : public QWidget
{
    Q_OBJECT

public:
    /// Lives in the view, above all that it shows.
    explicit FocusRing(QWidget *view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace reslens
