// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace reslens {

/// Covers the window while something hangs over it that it takes.
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit DropOverlay(QWidget *parent);

    void open(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
};

} // namespace reslens
