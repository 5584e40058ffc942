// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/explanation.h"

#include "ui/base/format.h"

#include <QCoreApplication>

namespace reslens {
namespace {

/// A block's map lies where its positions look at; all other maps are of the picture's own pixels.
Tensor asShown(const SaliencyResult &result, const ModelSummary &model)
{
    const Block *block = model.description.findBlock(result.block);
    return block ? enlarged(result.map, model.geometries[std::size_t(block->output)], model.inputSize,
                            model.inputSize)
                 : enlarged(result.map, model.inputSize, model.inputSize);
}

} // namespace

QImage Explanation::image(double opacity) const
{
    if (isColourless())
        return {};
    const ColorScale colours = scale();
    QImage image(shown.shape().width, shown.shape().height, QImage::Format_ARGB32);
    for (int y = 0; y < image.height(); ++y) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            const float value = shown.at(y, x, 0);
            const Rgb rgb = colours.colour(value);
            line[x] = qRgba(rgb[0], rgb[1], rgb[2], qRound(255 * coverage(colours, value, float(opacity))));
        }
    }
    return image.convertToFormat(QImage::Format_ARGB32_Premultiplied);
}

QString titleOf(const Explanation &explanation)
{
    const Question &question = explanation.question;
    // One block's map is that of the direct path, whatever is added to that of all together.
    const bool isDirect = !question.block.isEmpty() && hasBranchMaps(question.method);
    QString title =
        QString::fromUtf8((isDirect ? infoOf(SaliencyMethod::Direct) : explanation.method()).title);
    if (!explanation.result.block.empty())
        title += QStringLiteral(" · ") + QString::fromStdString(explanation.result.block);
    if (question.branch)
        title += QCoreApplication::translate("Explanation", " · branch %1").arg(*question.branch);
    return title;
}

QString describeMethod(const SaliencyMethodInfo &info)
{
    return QStringLiteral("%1\n%2\n%3\n%4")
        .arg(QString::fromUtf8(info.summary), QString::fromUtf8(info.formula),
             QCoreApplication::translate(
                 "Explanation", "y is the explained logit, c a channel; x comes into a residual block, "
                                "s·F(x) is what it adds, z their sum; A is a block's output."),
             QString::fromUtf8(info.source));
}

QString nameOf(const Subject &subject, const ModelInfo &model)
{
    const auto name = [&](int index) { return readableName(model.classes[std::size_t(index)].name); };
    return subject.versus ? QCoreApplication::translate("Subject", "%1 and not %2")
                                .arg(name(subject.classIndex), name(*subject.versus))
                          : name(subject.classIndex);
}

SaliencyRequest requestOf(const Question &question)
{
    SaliencyRequest request;
    request.method = question.method;
    request.block = question.block.toStdString();
    request.branch = question.branch;
    request.classIndex = question.subject.classIndex;
    request.versus = question.subject.versus;
    return request;
}

ExplanationPtr explanationOf(const Question &question, SaliencyResult result, const ModelSummary &model)
{
    auto explanation = std::make_shared<Explanation>();
    explanation->question = question;
    explanation->result = std::move(result);
    explanation->range = rangeOf(explanation->result.map);
    const bool isSigned = explanation->method().isSigned;
    explanation->remark = QString::fromStdString(remarkOn(explanation->range, isSigned));
    if (explanation->range.minimum < explanation->range.maximum)
        explanation->shown = asShown(explanation->result, model);
    return explanation;
}

} // namespace reslens
