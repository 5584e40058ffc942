// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/explanation.h"

#include <QStringList>
#include <vector>

namespace reslens {

/// What is shown of a logit lens.
struct LensView
{
    enum class Scale
    {
        Logits,
        Probabilities
    };

    LensPtr lens;             ///< null: nothing
    std::vector<int> classes; ///< the explained one first
    QStringList names;        ///< of these
    Scale scale = Scale::Logits;

    int stepCount() const { return lens ? int(lens->size()) : 0; }
    const LensStep &step(int index) const { return (*lens)[std::size_t(index)]; }
    double value(int index, int row) const;
    /// "5.05", "30.2 %"
    QString text(int index, int row) const;
};

/// The subject's classes and the answer's most probable ones, each once.
LensView lensViewOf(const LensPtr &lens, const Answer &answer, const Subject &subject, LensView::Scale scale);

/// Positions as near to the wanted ones as can be that keep a distance, in the wanted ones' order and, if
/// there is room for all, between low and high.
std::vector<double> spread(const std::vector<double> &wanted, double distance, double low, double high);

} // namespace reslens
