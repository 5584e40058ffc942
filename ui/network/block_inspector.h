// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/block_model.h"

#include <QWidget>

class QLabel;

namespace reslens {

class BlockDiagram;
class MapView;

/// One block: the drawing of its operations and, beside it, what it is for, its figures and its mean map. The
/// words give way to what is more important where there is no room for them.
class BlockInspector : public QWidget
{
    Q_OBJECT

public:
    explicit BlockInspector(QWidget *parent = nullptr);

    void showBlock(const BlockModel &blocks, int row);
    void clear();

    /// The words take what room there is, and ask for none.
    bool hasHeightForWidth() const override { return false; }

signals:
    void pointed(const QString &readout);
    /// The user wants to see a tensor, by its address.
    void opened(const QString &address);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Figure
    {
        QString caption;
        QString value;
    };

    void arrange();
    /// Beside each other, so many pairs of caption and value a line; 0 for one after the other, wrapped.
    QString figuresIn(int pairs) const;
    /// In the calmest arrangement that has its place in the room.
    void writeFigures(QSize room);

    BlockDiagram *m_diagram;
    QWidget *m_words;
    QLabel *m_name;
    QLabel *m_shape;
    QLabel *m_purpose;
    QLabel *m_figures;
    MapView *m_map;
    bool m_hasMap = true;
    std::vector<Figure> m_shown;
};

} // namespace reslens
