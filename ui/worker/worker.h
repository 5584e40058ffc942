// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/block_maps.h"
#include "ui/worker/channel_scores.h"
#include "ui/worker/comparator.h"
#include "ui/worker/examination.h"
#include "ui/worker/map_export.h"
#include "ui/worker/saliency_export.h"
#include "ui/worker/tensor_export.h"
#include "ui/worker/unit_story.h"

#include <QObject>
#include <QStringList>
#include <functional>
#include <optional>
#include <stop_token>

namespace reslens {

/// Does everything that takes time, on the thread it lives in: finding, decoding and resizing pictures,
/// loading models, running the network, summing up what its blocks put out. Requests are carried out one
/// after the other; each ends with its success signal or failed(), with the request's id, or, once its token
/// has been stopped, with silence.
class Worker : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Files stay, folders become the pictures in them.
    void findPictures(quint64 id, const QStringList &paths, const std::stop_token &stop);
    /// An empty path loads the embedded model; `classNames` is a file that names its classes, see
    /// LoadOptions. When loading fails, the model before it stays.
    void loadModel(quint64 id, const QString &path, const QString &classNames, const std::stop_token &stop);
    void analyse(quint64 id, const PictureSource &wanted, const Preparation &preparation,
                 const std::stop_token &stop);

    /// All tensors of a block, by its position in ModelSummary::blocks, for the picture analysed last.
    void openBlock(quint64 id, int block, const std::stop_token &stop);

    /// How much a residual block changes its input for the picture analysed last: the mean of ‖s·F(x)‖/‖x‖
    /// over the positions.
    void measureEnergy(quint64 id, int block, const std::stop_token &stop);

    /// How the value of a unit came to be, for the picture analysed last. Fails for a unit of a model before.
    void explainUnit(quint64 id, const UnitQuestion &question, const std::stop_token &stop);

    /// How much the channels of a block speak for a class, for the picture analysed last, which the maps are
    /// of.
    void scoreChannels(quint64 id, const BlockMapsPtr &maps, int classIndex, const std::stop_token &stop);

    /// Two pictures, or two models, one after the other.
    void compare(quint64 id, const ComparisonRequest &request, const std::stop_token &stop);

    /// Lets go of what is kept for the next comparison: a second model, above all.
    void releaseComparison() { m_comparator.release(); }

    /// Writes channels to their file, see writeChannels().
    void save(quint64 id, const MapExport &wanted);
    /// Writes tensors for the picture analysed last, see exportTensors(). Stopped, it ends with
    /// saveStopped(), and nothing is written.
    void saveTensors(quint64 id, const TensorExport &wanted, const std::stop_token &stop);
    /// Writes a saliency map to its file, see writeSaliency().
    void saveSaliency(quint64 id, const SaliencyExport &wanted);
    /// Writes a picture to a PNG file.
    void savePicture(quint64 id, const QImage &picture, const QString &file);
    /// Paints channels as they would be written.
    void paint(quint64 id, const MapExport &wanted);

    /// A saliency map for the picture analysed last.
    void explain(quint64 id, const Question &question, const std::stop_token &stop);

    /// Checks a map of the picture analysed last, which `request` makes. Each check's end is an examined().
    void examine(quint64 id, const ExplanationPtr &explanation, SaliencyRequest request,
                 const std::stop_token &stop);

    /// What the network sees with residual blocks turned off, down or up, in the picture analysed last.
    void lesion(quint64 id, const std::vector<Lesion> &lesions, const std::stop_token &stop);
    /// How the classes grow over the last blocks for it.
    void readLens(quint64 id, const std::stop_token &stop);

signals:
    void picturesFound(quint64 id, const QStringList &files);
    void modelProgress(quint64 id, int layersRead, int layerCount);
    void modelLoaded(quint64 id, const reslens::ModelSummaryPtr &model);
    void photoReady(quint64 id, const reslens::PhotoPtr &photo);
    void blockReady(quint64 id, const reslens::BlockSummaryPtr &block);
    void answered(quint64 id, const reslens::AnswerPtr &answer);
    void blockOpened(quint64 id, const reslens::BlockMapsPtr &maps);
    void energyMeasured(quint64 id, int block, double energy);
    void unitExplained(quint64 id, const reslens::UnitStoryPtr &story);
    void scoreProgress(quint64 id, int blocksPassed, int blockCount);
    void channelsScored(quint64 id, const reslens::ChannelScoresPtr &scores);
    void compareProgress(quint64 id, int done, int count);
    void compared(quint64 id, const reslens::ComparisonPtr &comparison);
    void saveProgress(quint64 id, int tensorsDone, int tensorCount);
    void saveStopped(quint64 id, const QString &file);
    /// `described`: a description lies beside the file, with ".json" after its name.
    void saved(quint64 id, const QString &file, bool described);
    void painted(quint64 id, const QImage &picture);
    void explainProgress(quint64 id, int passesDone, int passCount);
    void explained(quint64 id, const reslens::ExplanationPtr &explanation);
    void examineProgress(quint64 id, int done, int count);
    void examined(quint64 id, const reslens::ExaminationPtr &examination);
    void lesioned(quint64 id, const reslens::AnswerPtr &answer);
    void lensRead(quint64 id, const reslens::LensPtr &lens);
    /// `sentence` is for people: what, where, expected and found.
    void failed(quint64 id, const QString &sentence);

private:
    /// Runs a request's work; the one place where the engine's errors end.
    void carryOut(quint64 id, const std::stop_token &stop, const std::function<void()> &work);
    /// Throws Error if no model is loaded.
    Runner &runner();
    /// Of the picture analysed last. Throws Error(InvalidArgument) as long as there is none.
    const Trace &traced() const;

    std::optional<Runner> m_runner;
    ModelSummaryPtr m_model;             ///< of the runner's network
    std::optional<WeightFile> m_weights; ///< of the same model; opened when they are first asked for
    std::optional<Trace> m_trace;        ///< of the last run, if that came to its end
    Comparator m_comparator;
};

} // namespace reslens
