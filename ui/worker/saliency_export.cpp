// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/saliency_export.h"

#include "engine/error.h"
#include "engine/export/npy.h"
#include "ui/base/format.h"
#include "ui/export/saliency_description.h"
#include "ui/export/tensor_files.h"
#include "ui/picture/picture_writer.h"
#include "ui/worker/tensor_export.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QFontMetrics>
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

QStringList captionOf(const SaliencyExport &wanted)
{
    const Explanation &explanation = *wanted.explanation;
    QString title = titleOf(explanation);
    if (explanation.method().needsClass)
        title += QCoreApplication::translate("SaliencyExport", " · why %1 (logit %2)")
                     .arg(nameOf(explanation.question.subject, wanted.model->info),
                          formatFixed(explanation.result.logit, 2));
    const QString model = wanted.model->embedded
                              ? QCoreApplication::translate("SaliencyExport", "embedded model of Reslens")
                              : QString::fromStdString(wanted.model->info.name);
    return {title,
            QStringLiteral("%1 · %2 · %3")
                .arg(wanted.photo->source.name, model, describePreparation(wanted.photo->preparation))};
}

/// The part of the colours that the map uses, with its least and greatest value.
void paintScale(QPainter &painter, const QRect &place, const Explanation &explanation)
{
    const MapRange &range = explanation.range;
    const ColorScale scale = explanation.scale();
    const QRect bar(place.topLeft(), QSize(place.width(), place.height() / 3));
    for (int x = 0; x < bar.width(); ++x) {
        const float value =
            range.minimum + (float(x) + 0.5F) / float(bar.width()) * (range.maximum - range.minimum);
        const Rgb rgb = scale.colour(value);
        painter.fillRect(QRect(bar.left() + x, bar.top(), 1, bar.height()), QColor(rgb[0], rgb[1], rgb[2]));
    }
    painter.drawText(place, Qt::AlignLeft | Qt::AlignBottom, formatValue(double(range.minimum)));
    painter.drawText(place, Qt::AlignRight | Qt::AlignBottom, formatValue(double(range.maximum)));
}

QImage withCaption(const QImage &picture, const SaliencyExport &wanted)
{
    constexpr int leastWidth = 480;
    const int width = std::max(picture.width(), leastWidth);
    QFont font;
    font.setPixelSize(width / 40);
    const QFontMetrics metrics(font);
    const int margin = metrics.height() / 2;
    const QStringList lines = captionOf(wanted);
    const int scaleHeight = wanted.explanation->isColourless() ? 0 : 3 * metrics.height() / 2 + margin;
    QImage whole(width, picture.height() + int(lines.size()) * metrics.height() + scaleHeight + 2 * margin,
                 QImage::Format_RGB32);
    whole.fill(Qt::white);
    QPainter painter(&whole);
    painter.drawImage((width - picture.width()) / 2, 0, picture);
    painter.setFont(font);
    painter.setPen(Qt::black);
    const int room = width - 2 * margin;
    int y = picture.height() + margin;
    for (const QString &line : lines) {
        painter.drawText(QRect(margin, y, room, metrics.height()), Qt::AlignLeft,
                         metrics.elidedText(line, Qt::ElideMiddle, room));
        y += metrics.height();
    }
    if (scaleHeight > 0)
        paintScale(painter, QRect(margin, y + margin, room, scaleHeight - margin), *wanted.explanation);
    return whole;
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
    if (!explanation.isColourless()) {
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(photo.seenArea, explanation.image(wanted.opacity));
    }
    return wanted.captioned ? withCaption(picture, wanted) : picture;
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
