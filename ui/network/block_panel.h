// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QToolButton;

namespace reslens {

class BlockInspector;
class BlockModel;
class NetworkStrip;

/// The network strip and, below it, the selected block. The strip takes the height that its tiles need at
/// this width, at most three fifths, the block the rest.
class BlockPanel : public QWidget
{
    Q_OBJECT

public:
    explicit BlockPanel(BlockModel *blocks, QWidget *parent = nullptr);

    NetworkStrip *strip() { return m_strip; }
    /// By name, also ahead of the network that has such a block.
    void select(const QString &block);
    /// Whether there are tensors to save.
    void setSavable(bool savable);
    /// Whether there is a picture to see the feature maps of.
    void setOpenable(bool openable);
    const QString &selected() const { return m_selected; }

signals:
    /// Another block is the selected one.
    void moved(const QString &block);
    /// What lies under the pointer, in words.
    void pointed(const QString &readout);
    /// The user wants to see the feature maps of this block.
    void opened(const QString &block);
    /// The same of a tensor, by its address.
    void tensorOpened(const QString &address);
    /// The user wants to save tensors, beginning with those of this block.
    void saveRequested(const QString &block);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showSelected();
    void showLegend();
    /// After a change of model.
    void selectAgain();
    void divideHeight();

    BlockModel *m_blocks;
    NetworkStrip *m_strip;
    BlockInspector *m_inspector;
    QToolButton *m_save;
    QToolButton *m_open;
    QLabel *m_legend;
    QString m_selected; ///< by name, so that the choice survives a change of model
};

} // namespace reslens
