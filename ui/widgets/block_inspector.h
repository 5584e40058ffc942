// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/block_model.h"

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
    void writeFigures();

    BlockDiagram *m_diagram;
    QWidget *m_words;
    QLabel *m_name;
    QLabel *m_purpose;
    QLabel *m_figures;
    MapView *m_map;
    bool m_hasMap = true;
    std::vector<Figure> m_shown;
};

} // namespace reslens
