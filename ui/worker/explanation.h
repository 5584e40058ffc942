// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/saliency/display.h"
#include "engine/saliency/saliency.h"
#include "ui/worker/results.h"

#include <QImage>
#include <QString>
#include <memory>
#include <optional>

namespace reslens {

/// What is explained: the logit of a class, or how far it is above that of another.
struct Subject
{
    int classIndex = 0;
    std::optional<int> versus = std::nullopt;

    bool operator==(const Subject &) const = default;
};

/// What the user wants to see over the picture.
struct Question
{
    SaliencyMethod method = defaultSaliencyMethod;
    QString block = {};                       ///< empty: all residual blocks together
    std::optional<int> branch = std::nullopt; ///< of the block; none: the whole of it
    Subject subject = {};

    bool operator==(const Question &) const = default;
};

/// One saliency map, ready to be shown.
struct Explanation
{
    Question question;
    SaliencyResult result;
    MapRange range;
    QString remark; ///< what colours cannot show, see remarkOn(); mostly empty
    Tensor shown;   ///< the map at the size of the network's input; empty where there is nothing to colour

    const SaliencyMethodInfo &method() const { return infoOf(question.method); }
    ColorScale scale() const { return saliencyScale(range, method().isSigned); }
    bool isColourless() const { return shown.values().empty(); }
    /// To be laid over the picture: coloured, and as opaque as coverage() says. Null where there is nothing
    /// to colour.
    QImage image(double opacity) const;
};

using ExplanationPtr = std::shared_ptr<const Explanation>;

/// "Direct path · block17_3 · branch 1"
QString titleOf(const Explanation &explanation);

/// What a method shows, in plain words, in symbols, and where it is from: for tooltips.
QString describeMethod(const SaliencyMethodInfo &info);

/// "espresso", "espresso and not cup": in a class's own name, as people write it.
QString nameOf(const Subject &subject, const ModelInfo &model);

/// What the engine is asked for.
SaliencyRequest requestOf(const Question &question);

/// Throws Error as rangeOf() does.
ExplanationPtr explanationOf(const Question &question, SaliencyResult result, const ModelSummary &model);

} // namespace reslens
