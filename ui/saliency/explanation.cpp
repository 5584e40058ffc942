// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/saliency/explanation.h"

#include <numeric>

namespace reslens {

double Explanation::blocksTotal() const
{
    return std::accumulate(result.scores.begin(), result.scores.end(), 0.0,
                           [](double sum, const BlockContribution &score) { return sum + score.total; });
}

ExplanationPtr explanationOf(const Question &question, SaliencyResult result, int side)
{
    auto explanation = std::make_shared<Explanation>();
    explanation->question = question;
    explanation->result = std::move(result);
    explanation->range = rangeOf(explanation->result.map);
    const bool isSigned = explanation->method().isSigned;
    explanation->remark = QString::fromStdString(remarkOn(explanation->range, isSigned));
    if (explanation->range.minimum < explanation->range.maximum) {
        const Image image = coloured(enlarged(explanation->result.map, side, side), explanation->scale());
        explanation->image =
            QImage(image.pixels.data(), image.width, image.height, 3 * image.width, QImage::Format_RGB888)
                .convertToFormat(QImage::Format_RGB32);
    }
    return explanation;
}

} // namespace reslens
