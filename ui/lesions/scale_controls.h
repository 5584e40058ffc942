// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/lesion_set.h"

#include <QWidget>
#include <optional>

class QCheckBox;
class QLabel;
class QSlider;

namespace reslens {

/// One factor, 0 to 2: a switch with its name, a slider, the number.
class ScaleRow : public QWidget
{
    Q_OBJECT

public:
    explicit ScaleRow(QWidget *parent = nullptr);

    /// `factor`: nothing where the blocks of a stage differ.
    void setFactor(const QString &name, const std::optional<float> &factor);

signals:
    void scaled(float factor);

private:
    QCheckBox *m_on;
    QSlider *m_slider;
    QLabel *m_number;
};

/// The factors of one block, or of a whole stage: of its residual, and of each branch in it.
class ScaleControls : public QWidget
{
    Q_OBJECT

public:
    explicit ScaleControls(QWidget *parent = nullptr);

    /// `name` is a block or a stage.
    void setChosen(const LesionSet &lesions, const QString &name);

signals:
    void scaled(const QString &name, float factor);
    void branchScaled(const QString &name, int branch, float factor);

private:
    static constexpr int MostBranches = 3;

    QString m_name;
    ScaleRow *m_residual;
    std::vector<ScaleRow *> m_branches;
};

} // namespace reslens
