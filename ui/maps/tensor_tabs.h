// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/results.h"

#include <QTabBar>

namespace reslens {

/// The tensors of a block to choose from: words in a line, the chosen one underlined.
class TensorTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit TensorTabs(QWidget *parent = nullptr);

    /// Stays at the tensor of the same name, or goes to the last one; says nothing of it.
    void setTensors(const BlockMaps &maps);
    /// The name that is looked for in every block; empty for the last tensor.
    void prefer(const QString &name) { m_preferred = name; }

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_preferred;
};

/// In plain words what a block's tensor of this name is.
QString explainTensor(const QString &block, const QString &name);

} // namespace reslens
