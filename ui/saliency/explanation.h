// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/display.h"
#include "engine/saliency/saliency.h"

#include <QImage>
#include <QString>
#include <memory>

namespace reslens {

/// What the user wants to see over the picture.
struct Question
{
    SaliencyMethod method = defaultSaliencyMethod;
    QString block; ///< empty: all residual blocks together
    int row = 0;   ///< of the most probable classes, the one that is explained

    bool operator==(const Question &) const = default;
};

/// One saliency map, ready to be shown.
struct Explanation
{
    Question question;
    SaliencyResult result;
    MapRange range;
    QString remark; ///< what colours cannot show, see remarkOn(); mostly empty
    QImage image;   ///< the coloured map as a square; null where there is nothing to colour

    const SaliencyMethodInfo &method() const { return infoOf(question.method); }
    ColorScale scale() const { return saliencyScale(range, method().isSigned); }
    /// All blocks' scores added up.
    double blocksTotal() const;
};

using ExplanationPtr = std::shared_ptr<const Explanation>;

/// `side`: of the image, in pixels. Throws Error as rangeOf() does.
ExplanationPtr explanationOf(const Question &question, SaliencyResult result, int side);

} // namespace reslens
