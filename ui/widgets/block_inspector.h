// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/models/block_model.h"

#include <QWidget>

class QLabel;

namespace reslens {

class MapView;

/// One block in words and figures, beside its mean map.
class BlockInspector : public QWidget
{
    Q_OBJECT

public:
    explicit BlockInspector(QWidget *parent = nullptr);

    void showBlock(const ModelSummary::BlockEntry &block, const BlockSummaryPtr &summary);
    void clear();

signals:
    void pointed(const QString &readout);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setFigures(const BlockSummaryPtr &summary);

    MapView *m_map;
    QLabel *m_name;
    QLabel *m_explanation;
    std::vector<QLabel *> m_captions;
    std::vector<QLabel *> m_figures;
};

} // namespace reslens
