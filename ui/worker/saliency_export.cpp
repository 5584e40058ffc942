// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/saliency_export.h"

#include "engine/error.h"
#include "engine/export/npy.h"
#include "ui/export/saliency_description.h"
#include "ui/export/tensor_files.h"
#include "ui/picture/picture_writer.h"
#include "ui/worker/tensor_export.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QPainter>
#include <QRegularExpression>

namespace reslens {
namespace {

DescribedMap describedMap(const SaliencyExport &wanted)
{
    const Explanation &explanation = *wanted.explanation;
    const Question &question = explanation.question;
    const bool hasClass = explanation.method().needsClass;
    return {.method = explanation.method(),
            .classIndex = hasClass ? std::optional(question.subject.classIndex) : std::nullopt,
            .versus = hasClass ? question.subject.versus : std::nullopt,
            .branch = question.branch,
            .result = explanation.result,
            .range = explanation.range,
            .note = explanation.remark.toStdString(),
            .model = wanted.model->info};
}

QJsonObject describe(const SaliencyExport &wanted)
{
    QJsonObject json = saliencyJson(
        describedMap(wanted), provenanceOf(wanted.photo->source, wanted.photo->preparation, *wanted.model),
        wanted.file);
    if (wanted.file.endsWith(".png", Qt::CaseInsensitive))
        json.insert("opacity", wanted.opacity);
    return json;
}

QMap<QString, QString> textsOf(const SaliencyExport &wanted)
{
    QMap<QString, QString> texts = saliencyTexts(describedMap(wanted));
    texts.insert("image", wanted.photo->source.name);
    texts.insert("preprocessing", describePreparation(wanted.photo->preparation));
    return texts;
}

void writeValues(const SaliencyExport &wanted)
{
    const Tensor &map = wanted.explanation->result.map;
    const std::array extents{std::size_t(map.shape().height), std::size_t(map.shape().width), std::size_t(1)};
    writeNpy(wanted.file.toStdU16String(), map.values(), extents);
}

} // namespace

QString fileNameFor(const SaliencyExport &wanted)
{
    const Explanation &explanation = *wanted.explanation;
    QStringList parts{QFileInfo(wanted.photo->source.name).completeBaseName(),
                      explanation.method().name.data()};
    if (!explanation.result.block.empty())
        parts << QString::fromStdString(explanation.result.block);
    if (explanation.method().needsClass)
        parts << nameOf(explanation.question.subject, wanted.model->info);
    static const QRegularExpression awkward(QStringLiteral("[^\\w.-]+"),
                                            QRegularExpression::UseUnicodePropertiesOption);
    constexpr int longest = 100;
    return parts.join(u'_').replace(awkward, QStringLiteral("-")).left(longest);
}

QImage paintSaliency(const SaliencyExport &wanted)
{
    const Photo &photo = *wanted.photo;
    const Explanation &explanation = *wanted.explanation;
    QImage picture = photo.levels.front();
    if (explanation.isColourless())
        return picture;
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(photo.seenArea, explanation.image(wanted.opacity));
    return picture;
}

void writeSaliency(const SaliencyExport &wanted)
{
    const QString suffix = QFileInfo(wanted.file).suffix().toLower();
    if (suffix == "png")
        writePng(wanted.file, paintSaliency(wanted), textsOf(wanted));
    else if (suffix == "npy")
        writeValues(wanted);
    else
        throw Error(ErrorKind::InvalidArgument,
                    wanted.file.toStdString() + " must end in .png or .npy to be written");
    writeText(wanted.file + ".json", QJsonDocument(describe(wanted)).toJson());
}

} // namespace reslens
