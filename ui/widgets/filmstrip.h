// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace reslens {

/// The open pictures in a line, when there are several. Shows a FilmstripModel.
class Filmstrip : public QListView
{
    Q_OBJECT

public:
    explicit Filmstrip(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {100, sizeHint().height()}; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
};

} // namespace reslens
