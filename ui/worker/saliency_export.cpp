// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/saliency_export.h"

#include "engine/error.h"
#include "engine/export/npy.h"
#include "ui/export/saliency_json.h"
#include "ui/export/tensor_files.h"
#include "ui/picture/picture_writer.h"
#include "ui/worker/tensor_export.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QPainter>
#include <QRegularExpression>

namespace reslens {
namespace {

SaliencySubject subjectOf(const Explanation &explanation)
{
    const Question &question = explanation.question;
    if (!explanation.method().needsClass)
        return {{}, {}, question.branch};
    return {question.subject.classIndex, question.subject.versus, question.branch};
}

QJsonObject describe(const SaliencyExport &wanted)
{
    const Explanation &explanation = *wanted.explanation;
    QJsonObject description =
        saliencyJson(explanation.method(), subjectOf(explanation), explanation.result, explanation.range,
                     explanation.remark.toStdString(), wanted.model->info);
    const QJsonObject origin =
        toJson(provenanceOf(wanted.photo->source, wanted.photo->preparation, *wanted.model));
    for (auto entry = origin.begin(); entry != origin.end(); ++entry)
        description.insert(entry.key(), entry.value());
    description.insert("file", QFileInfo(wanted.file).fileName());
    return description;
}

QMap<QString, QString> textsOf(const SaliencyExport &wanted)
{
    const Explanation &explanation = *wanted.explanation;
    QMap<QString, QString> texts{
        {"method", explanation.method().name.data()},
        {"block", explanation.result.block.empty() ? "all together" : explanation.result.block.c_str()},
        {"model", QString::fromStdString(wanted.model->info.name)},
        {"image", wanted.photo->source.name},
        {"preprocessing", describePreparation(wanted.photo->preparation)},
        {"minimum", QString::number(explanation.range.minimum)},
        {"maximum", QString::number(explanation.range.maximum)}};
    if (explanation.method().needsClass)
        texts.insert("class", nameOf(explanation.question.subject, wanted.model->info));
    if (explanation.question.branch)
        texts.insert("branch", QString::number(*explanation.question.branch));
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
    // From the network's input to the part of the picture that it is of.
    const double sx = photo.seenArea.width() / photo.seen.width();
    const double sy = photo.seenArea.height() / photo.seen.height();
    const QRectF &area = explanation.area;
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(photo.seenArea.x() + area.x() * sx, photo.seenArea.y() + area.y() * sy,
                             area.width() * sx, area.height() * sy),
                      explanation.image(wanted.opacity));
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
