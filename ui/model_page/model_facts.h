// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/model_page/background_hash.h"
#include "ui/worker/results.h"

#include <QWidget>

class QLabel;

namespace reslens {

/// What the loaded model file is, in a few lines: its kind and size, who wrote it, how much is in it, its
/// checksum.
class ModelFacts : public QWidget
{
    Q_OBJECT

public:
    explicit ModelFacts(QWidget *parent = nullptr);

    /// Null empties the lines.
    void setModel(const ModelSummaryPtr &model);

protected:
    /// The checksum is computed once somebody may see it.
    void showEvent(QShowEvent *event) override;

private:
    void startHash();

    ModelSummaryPtr m_model;
    bool m_hashWanted = false;
    BackgroundHash m_hash;
    std::vector<QLabel *> m_values;
};

} // namespace reslens
