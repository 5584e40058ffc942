// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/line_tabs.h"
#include "ui/worker/results.h"

namespace reslens {

/// The tensors of a block to choose from.
class TensorTabs : public LineTabs
{
    Q_OBJECT

public:
    explicit TensorTabs(QWidget *parent = nullptr);

    /// Stays at the tensor of the same name, or goes to the last one; says nothing of it.
    void setTensors(const BlockMaps &maps);
    /// The name that is looked for in every block; empty for the last tensor.
    void prefer(const QString &name) { m_preferred = name; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// Full names where they have room, else short ones, closer together if need be.
    void writeNames();

    QString m_preferred;
};

/// In plain words what a block's tensor of this name is.
QString explainTensor(const QString &block, const QString &name);

} // namespace reslens
