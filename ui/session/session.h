// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/session/block_model.h"
#include "ui/session/channel_ranking.h"
#include "ui/session/comparer.h"
#include "ui/session/energies.h"
#include "ui/session/examiner.h"
#include "ui/session/explainer.h"
#include "ui/session/exporter.h"
#include "ui/session/filmstrip_model.h"
#include "ui/session/lesion_study.h"
#include "ui/session/prediction_model.h"
#include "ui/session/unit_explainer.h"
#include "ui/worker/job.h"
#include "ui/worker/requests.h"

#include <QThread>

namespace reslens {

/// What the window is about: the open pictures, the one that is shown, the model, and what the model says of
/// it. Lives in the GUI thread and never waits: the work is a Worker's, on a thread of its own.
class Session : public QObject
{
    Q_OBJECT

public:
    enum class State
    {
        Empty,   ///< no picture yet
        Reading, ///< the picture is being decoded, or waits for the model
        Running, ///< the network is computing
        Answered,
        Failed, ///< problem() has said why
        Cancelled
    };

    explicit Session(QObject *parent = nullptr);
    ~Session() override;

    /// Files and folders. One picture replaces what is open, several become a filmstrip, of which the first
    /// readable one is shown.
    void openPaths(const QStringList &paths);
    void openPicture(const PictureSource &source);
    void showPicture(int row);
    /// An empty path loads the embedded model; `classNames` is a file that names its classes, and without
    /// it the one that was chosen for this model the last time does.
    void loadModel(const QString &path, const QString &classNames = {});
    void loadEmbeddedModel() { loadModel(QString()); }
    void setPreparation(const Preparation &preparation);
    /// Reads the current picture again and runs the network on it.
    void runAgain() { analyse(); }
    /// Opens a block for its feature maps, and again for every picture that follows; an empty name closes it.
    void openBlock(const QString &name);
    /// Stops the run, a model that is being loaded and tensors that are being saved. The window stays as it
    /// is; without any model yet, the embedded one takes the place of one that is given up.
    void cancel();

    /// Something could not be done that the session knows nothing of: becomes a problem() like its own.
    void report(const QString &sentence) { emit problem(sentence); }

    State state() const { return m_state; }
    bool isBusy() const
    {
        return m_finding.isRunning() || m_loading.isRunning() || m_analysis.isRunning() || isExplaining() ||
               m_lesions.isMeasuring() || m_examiner.isRunning() || m_ranking.isRunning() ||
               m_comparer.isRunning() || m_exporter.isSaving();
    }
    bool isExplaining() const { return m_explainer.isRunning(); }
    bool isLoadingModel() const { return m_loading.isRunning(); }
    int currentRow() const { return m_row; }
    const PictureSource *currentPicture() const;
    const Preparation &preparation() const { return m_preparation; }
    /// Null until the first model is loaded.
    ModelSummaryPtr model() const { return m_model; }
    /// Null while there is no readable picture.
    PhotoPtr photo() const { return m_photo; }
    AnswerPtr answer() const { return m_answer; }
    /// The name of the open block; empty if none is.
    const QString &openedBlock() const { return m_openedBlock; }
    /// Its tensors are on their way: too short a time to speak of it.
    bool isOpeningBlock() const { return m_opening.isRunning(); }
    /// The open block's tensors; null as long as there are none.
    BlockMapsPtr maps() const { return m_maps; }

    Explainer &explainer() { return m_explainer; }
    UnitExplainer &unitExplainer() { return m_unitExplainer; }
    Examiner &examiner() { return m_examiner; }
    const Examiner &examiner() const { return m_examiner; }
    LesionStudy &lesions() { return m_lesions; }
    const LesionStudy &lesions() const { return m_lesions; }
    ChannelRanking &ranking() { return m_ranking; }
    Comparer &comparer() { return m_comparer; }
    Exporter &exporter() { return m_exporter; }

    BlockModel *blocks() { return &m_blocks; }
    PredictionModel *predictions() { return &m_predictions; }
    FilmstripModel *pictures() { return &m_pictures; }

signals:
    void stateChanged();
    void photoChanged();
    void modelChanged();
    void openedBlockChanged();
    void mapsChanged();
    void rowChanged(int row);
    /// done of count blocks, or layers of a model file.
    void progressed(int done, int count);
    /// Something could not be done, in one sentence.
    void problem(const QString &sentence);
    /// A picture file, or one of a folder, or a model file, was read successfully.
    void pictureOpened(const QString &path);
    void modelOpened(const QString &path);

private:
    void connectWorker();
    void analyse();
    void setState(State state);
    /// The picture on screen is not the one that was asked for last.
    void forgetOldPhoto();
    void onFindingFailed();
    void onPicturesFound(const QStringList &files);
    void turnTo(int row);
    void startLoading(const QString &classNames);
    void stopAll();
    void onModelLoaded(quint64 id, const ModelSummaryPtr &model);
    void onLoadingFailed(const QString &sentence);
    void sayWhyRefused();
    void onPhoto(const PhotoPtr &photo);
    void onAnswer(const AnswerPtr &answer);
    void requestMaps();
    void onMaps(const BlockMapsPtr &maps);
    void onFailed(quint64 id, const QString &sentence);

    QThread m_thread;
    Worker *m_worker;
    Requests m_requests;
    Explainer m_explainer;
    Examiner m_examiner;
    LesionStudy m_lesions;
    ChannelRanking m_ranking;
    Comparer m_comparer;
    Exporter m_exporter;
    Job m_finding;
    Job m_loading;
    Job m_analysis;
    Job m_opening;

    State m_state = State::Empty;
    QStringList m_wantedPaths; ///< what is being looked for
    QString m_folder;          ///< that the pictures are from, if they are from one
    int m_row = -1;
    bool m_seeksReadable = false; ///< among pictures just opened, the first one
    Preparation m_preparation;
    QString m_modelPath;  ///< of the model that is being loaded
    QString m_classNames; ///< the file that names its classes; empty for the names that the model has
    bool m_namesWereRemembered = false; ///< rather than chosen now
    QString m_namesRefused;             ///< why the remembered ones do not fit; empty as long as they do
    QString m_modelRefused;             ///< why the last model could not be loaded, until it is said
    ModelSummaryPtr m_model;
    PhotoPtr m_photo;
    bool m_photoIsCurrent = false; ///< m_photo is of the current picture, not of the one before
    AnswerPtr m_answer;
    QString m_openedBlock;
    BlockMapsPtr m_maps;
    BlockModel m_blocks;
    PredictionModel m_predictions;
    FilmstripModel m_pictures;
    Energies m_energies;
    UnitExplainer m_unitExplainer;
};

} // namespace reslens
