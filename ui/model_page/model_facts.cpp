// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_page/model_facts.h"

#include "engine/cost.h"
#include "engine/report.h"
#include "resources/resources.h"
#include "ui/theme/appearance.h"
#include "ui/theme/labels.h"
#include "ui/weights/data_size.h"
#include "ui/weights/model_file.h"

#include <QDir>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>

namespace reslens {
namespace {

enum Line
{
    Kind,
    Place,
    Writer,
    Parameters,
    Input,
    Checksum
};

struct Caption
{
    const char *text;
    const char *explanation;
};

constexpr Caption Captions[]{
    {QT_TRANSLATE_NOOP("ModelFacts", "File"),
     QT_TRANSLATE_NOOP("ModelFacts", "What Keras saved, and how large it is")},
    {QT_TRANSLATE_NOOP("ModelFacts", "Location"), QT_TRANSLATE_NOOP("ModelFacts", "Where the file is")},
    {QT_TRANSLATE_NOOP("ModelFacts", "Written by"),
     QT_TRANSLATE_NOOP("ModelFacts", "The version of Keras and its backend, as far as the file says")},
    {QT_TRANSLATE_NOOP("ModelFacts", "Size"),
     QT_TRANSLATE_NOOP("ModelFacts",
                       "Values in all layers, moving averages included; floating-point operations of "
                       "one picture, 2 for each multiplication and addition")},
    {QT_TRANSLATE_NOOP("ModelFacts", "Input"),
     QT_TRANSLATE_NOOP("ModelFacts",
                       "The square of pixels that the network sees; each value x becomes x / 127.5 − 1")},
    {QT_TRANSLATE_NOOP("ModelFacts", "SHA-256"),
     QT_TRANSLATE_NOOP("ModelFacts", "Checksum of the file: two files with the same one are the same")}};

qint64 fileSize(const ModelSummary &model)
{
    return model.embedded ? qint64(embeddedModel().size()) : model.version.bytes;
}

QString describeSize(const ModelSummary &model)
{
    Cost cost;
    for (const Block &block : model.description.blocks)
        cost += costOf(model.description, model.shapes, block);
    return ModelFacts::tr("%1 parameters, %2 GFLOP a picture")
        .arg(QString::fromStdString(formatCount(model.info.parameters)))
        .arg(double(cost.flops) / 1e9, 0, 'f', 2);
}

} // namespace

ModelFacts::ModelFacts(QWidget *parent) : QWidget(parent)
{
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(2 * Grid);
    layout->setVerticalSpacing(Grid / 2);
    layout->setColumnStretch(1, 1);
    for (const Caption &caption : Captions) {
        QLabel *name = quietLabel(tr(caption.text));
        auto *value = new QLabel;
        makeSelectable(value);
        value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        value->setAccessibleName(tr(caption.text));
        for (QLabel *label : {name, value})
            label->setToolTip(tr(caption.explanation));
        const int row = int(m_values.size());
        layout->addWidget(name, row, 0);
        layout->addWidget(value, row, 1);
        m_values.push_back(value);
    }
    connect(&m_hash, &BackgroundHash::done, this, [this](const QString &checksum) {
        m_values[Checksum]->setText(
            checksum.isEmpty() ? tr("unknown: the file is no longer the one that was loaded") : checksum);
    });
}

void ModelFacts::setModel(const ModelSummaryPtr &model)
{
    m_hash.cancel();
    m_model = model;
    m_hashWanted = model != nullptr;
    for (QLabel *value : m_values)
        value->setText(QStringLiteral("–"));
    if (!model)
        return;
    m_values[Kind]->setText(tr("%1, %2").arg(QString::fromStdString(toString(model->origin.format)),
                                             readableSize(fileSize(*model))));
    m_values[Place]->setText(
        model->embedded ? tr("built in") : QDir::toNativeSeparators(QFileInfo(model->path()).absolutePath()));
    m_values[Writer]->setText(QString::fromStdString(describeWriter(model->origin)));
    m_values[Parameters]->setText(describeSize(*model));
    m_values[Input]->setText(tr("%1 × %1 pixels").arg(model->inputSize));
    if (isVisible())
        startHash();
}

void ModelFacts::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    startHash();
}

void ModelFacts::startHash()
{
    if (!std::exchange(m_hashWanted, false))
        return;
    m_values[Checksum]->setText(tr("reading the file…"));
    m_hash.start([path = m_model->path(), version = m_model->version](const std::stop_token &stop) {
        const QString checksum = sha256Of(path, stop);
        return FileVersion::of(path) == version ? checksum : QString();
    });
}

} // namespace reslens
