// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/scale_controls.h"

#include "ui/base/format.h"
#include "ui/lesions/scale_board.h"
#include "ui/session/block_model.h"
#include "ui/theme/appearance.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

namespace reslens {
namespace {

constexpr int StepsOfOne = 100;

/// The one value that all have.
std::optional<float> common(const std::vector<float> &factors)
{
    const bool differ = std::ranges::any_of(factors, [&](float factor) { return factor != factors.front(); });
    return factors.empty() || differ ? std::nullopt : std::optional(factors.front());
}

} // namespace

ScaleRow::ScaleRow(QWidget *parent)
    : QWidget(parent), m_on(new QCheckBox), m_slider(new QSlider(Qt::Horizontal)), m_number(new QLabel)
{
    m_slider->setRange(0, int(ScaleBoard::Most) * StepsOfOne);
    m_slider->setSingleStep(5);
    m_slider->setPageStep(25);
    m_slider->setMinimumWidth(8 * Grid);
    m_on->setMinimumWidth(m_on->fontMetrics().horizontalAdvance(QStringLiteral("block17_20")) + 4 * Grid);
    m_number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_number->setMinimumWidth(m_number->fontMetrics().horizontalAdvance(QStringLiteral("× 0.00")));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Grid);
    layout->addWidget(m_on);
    layout->addWidget(m_slider, 1);
    layout->addWidget(m_number);
    connect(m_on, &QCheckBox::clicked, this, [this](bool isOn) { emit scaled(isOn ? 1 : 0); });
    connect(m_slider, &QSlider::valueChanged, this,
            [this](int value) { emit scaled(float(value) / StepsOfOne); });
}

void ScaleRow::setFactor(const QString &name, const std::optional<float> &factor)
{
    const QSignalBlocker quiet(m_slider);
    m_on->setText(name);
    m_on->setToolTip(tr("Switch %1 off and on").arg(name));
    m_on->setChecked(!factor || *factor != 0);
    m_slider->setAccessibleName(tr("Factor of %1").arg(name));
    m_slider->setValue(int(std::lround(factor.value_or(1) * StepsOfOne)));
    m_number->setText(factor ? QStringLiteral("× %1").arg(formatFixed(double(*factor), 2)) : tr("various"));
}

ScaleControls::ScaleControls(QWidget *parent) : QWidget(parent), m_residual(new ScaleRow)
{
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(3 * Grid);
    layout->setVerticalSpacing(Grid / 2);
    // The block on the left, what it is made of on the right.
    layout->addWidget(m_residual, 0, 0);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);
    connect(m_residual, &ScaleRow::scaled, this, [this](float factor) { emit scaled(m_name, factor); });
    for (int branch = 0; branch < MostBranches; ++branch) {
        auto *row = new ScaleRow;
        QSizePolicy policy = row->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        row->setSizePolicy(policy);
        m_branches.push_back(row);
        layout->addWidget(row, branch, 1);
        connect(row, &ScaleRow::scaled, this,
                [this, branch](float factor) { emit branchScaled(m_name, branch, factor); });
    }
}

void ScaleControls::setChosen(const LesionSet &lesions, const QString &name)
{
    m_name = name;
    std::vector<float> residuals;
    std::vector<std::vector<float>> branches(MostBranches);
    for (const Lesion &lesion : lesions.blocks()) {
        const QString block = QString::fromStdString(lesion.block);
        if (block != name && stageOf(block) != name)
            continue;
        residuals.push_back(lesion.residual);
        for (std::size_t i = 0; i < lesion.branches.size(); ++i)
            branches[i].push_back(lesion.branches[i]);
    }
    setEnabled(!residuals.empty());
    m_residual->setFactor(name, common(residuals));
    for (std::size_t i = 0; i < m_branches.size(); ++i) {
        m_branches[i]->setVisible(!branches[i].empty());
        m_branches[i]->setFactor(tr("branch %1").arg(i), common(branches[i]));
    }
}

} // namespace reslens
