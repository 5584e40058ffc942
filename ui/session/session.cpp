// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "ui/base/format.h"
#include "ui/base/remembered_names.h"
#include "ui/base/sentence.h"
#include "ui/worker/thumbnail.h"

#include <QFileInfo>
#include <utility>

namespace reslens {
namespace {

QString nameOf(const ModelSummary &model)
{
    return model.embedded ? Session::tr("The embedded model") : QString::fromStdString(model.info.name);
}

} // namespace

Session::Session(QObject *parent)
    : QObject(parent), m_worker(new Worker), m_requests(m_worker), m_explainer(m_requests),
      m_examiner(m_requests, m_explainer), m_lesions(m_requests, m_explainer), m_ranking(m_requests),
      m_comparer(m_requests), m_exporter(m_requests), m_pictures(&readThumbnail),
      m_energies(m_requests, m_blocks), m_unitExplainer(m_requests)
{
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connectWorker();
    m_thread.setObjectName(QStringLiteral("worker"));
    m_thread.start();
}

Session::~Session()
{
    stopAll();
    // After what is still to be written to files, which waits in the worker's queue.
    QMetaObject::invokeMethod(m_worker, [thread = &m_thread] { thread->quit(); });
    m_thread.wait();
}

void Session::connectWorker()
{
    connect(m_worker, &Worker::picturesFound, this, [this](quint64 id, const QStringList &files) {
        if (m_finding.isCurrent(id))
            onPicturesFound(files);
    });
    connect(m_worker, &Worker::modelProgress, this, [this](quint64 id, int done, int count) {
        if (m_loading.isCurrent(id))
            emit progressed(done, count);
    });
    connect(m_worker, &Worker::modelLoaded, this,
            [this](quint64 id, const ModelSummaryPtr &model) { onModelLoaded(id, model); });
    connect(m_worker, &Worker::photoReady, this, [this](quint64 id, const PhotoPtr &photo) {
        if (m_analysis.isCurrent(id))
            onPhoto(photo);
    });
    connect(m_worker, &Worker::blockReady, this, [this](quint64 id, const BlockSummaryPtr &block) {
        if (!m_analysis.isCurrent(id))
            return;
        m_blocks.setResult(block);
        emit progressed(m_blocks.doneCount(), m_blocks.rowCount());
    });
    connect(m_worker, &Worker::answered, this, [this](quint64 id, const AnswerPtr &answer) {
        if (m_analysis.isCurrent(id))
            onAnswer(answer);
    });
    connect(m_worker, &Worker::blockOpened, this, [this](quint64 id, const BlockMapsPtr &maps) {
        if (m_opening.isCurrent(id))
            onMaps(maps);
    });
    connect(m_worker, &Worker::failed, this, &Session::onFailed);
    const auto connectPart = [this](auto *part) {
        using Part = std::remove_pointer_t<decltype(part)>;
        connect(part, &Part::changed, this, &Session::stateChanged);
        connect(part, &Part::progressed, this, &Session::progressed);
        connect(part, &Part::problem, this, &Session::problem);
    };
    connectPart(&m_explainer);
    connectPart(&m_examiner);
    connectPart(&m_ranking);
    connectPart(&m_comparer);
    connectPart(&m_exporter);
    connect(&m_lesions, &LesionStudy::measuringChanged, this, &Session::stateChanged);
    connect(&m_lesions, &LesionStudy::progressed, this, &Session::progressed);
    connect(&m_lesions, &LesionStudy::problem, this, &Session::problem);
}

void Session::openPaths(const QStringList &paths)
{
    m_analysis.cancel();
    m_explainer.pause();
    m_wantedPaths = paths;
    m_requests.start(m_finding, &Worker::findPictures, paths);
    setState(State::Reading);
}

void Session::openPicture(const PictureSource &source)
{
    m_finding.cancel();
    m_folder.clear();
    m_pictures.setPictures({source});
    m_row = -1;
    showPicture(0);
    sayWhyRefused();
}

void Session::onPicturesFound(const QStringList &files)
{
    m_finding.finish();
    m_folder = m_wantedPaths.size() == 1 && QFileInfo(m_wantedPaths.front()).isDir() ? m_wantedPaths.front()
                                                                                     : QString();
    std::vector<PictureSource> sources;
    for (const QString &file : files)
        sources.push_back(PictureSource::fromFile(file));
    m_pictures.setPictures(std::move(sources));
    m_row = -1;
    m_seeksReadable = true;
    turnTo(0);
    sayWhyRefused();
}

void Session::showPicture(int row)
{
    if (row < 0 || row >= m_pictures.rowCount() || row == m_row)
        return;
    m_seeksReadable = false;
    turnTo(row);
}

void Session::turnTo(int row)
{
    m_row = row;
    m_photoIsCurrent = false;
    m_explainer.forgetSubject();
    emit rowChanged(row);
    analyse();
}

const PictureSource *Session::currentPicture() const
{
    return m_row >= 0 ? &m_pictures.picture(m_row) : nullptr;
}

void Session::setPreparation(const Preparation &preparation)
{
    if (preparation == m_preparation)
        return;
    m_preparation = preparation;
    analyse();
}

void Session::loadModel(const QString &path, const QString &classNames)
{
    m_modelPath = path;
    m_namesRefused.clear();
    m_namesWereRemembered = classNames.isEmpty();
    startLoading(m_namesWereRemembered && !path.isEmpty() ? rememberedClassNames(path) : classNames);
}

void Session::startLoading(const QString &classNames)
{
    m_classNames = classNames;
    m_requests.start(m_loading, &Worker::loadModel, m_modelPath, classNames);
    emit stateChanged();
}

void Session::analyse()
{
    const PictureSource *source = currentPicture();
    if (!source)
        return;
    m_opening.cancel();
    m_blocks.clearResults();
    m_answer = nullptr;
    if (!m_model && m_loading.isRunning()) {
        // The first model is on its way; onModelLoaded() comes back here.
        setState(State::Reading);
        return;
    }
    m_requests.start(m_analysis, &Worker::analyse, *source, m_preparation);
    setState(State::Reading);
}

void Session::openBlock(const QString &name)
{
    if (name == m_openedBlock)
        return;
    m_openedBlock = name;
    requestMaps();
    emit openedBlockChanged();
    emit stateChanged();
}

void Session::requestMaps()
{
    m_opening.cancel();
    if (m_openedBlock.isEmpty()) {
        if (m_maps)
            onMaps(nullptr);
        return;
    }
    // Without an answer there is nothing to open yet; onAnswer() comes back here.
    if (m_state != State::Answered)
        return;
    const QModelIndexList found =
        m_blocks.match(m_blocks.index(0), Qt::DisplayRole, m_openedBlock, 1, Qt::MatchExactly);
    if (found.isEmpty()) {
        emit problem(tr("This network has no block %1.").arg(m_openedBlock));
        openBlock(QString());
        return;
    }
    m_requests.start(m_opening, &Worker::openBlock, found.first().row());
}

void Session::onMaps(const BlockMapsPtr &maps)
{
    m_opening.finish();
    m_maps = maps;
    emit mapsChanged();
    emit stateChanged();
}

void Session::cancel()
{
    // With an answer, only other pictures are being looked for: what is open stays open.
    const bool stopsPicture = !m_answer && (m_finding.isRunning() || m_analysis.isRunning());
    const bool givesUpFirstModel = !m_model && m_loading.isRunning();
    stopAll();
    sayWhyRefused();
    if (stopsPicture) {
        forgetOldPhoto();
        onMaps(nullptr);
    }
    setState(stopsPicture ? State::Cancelled : m_answer ? State::Answered : m_state);
    // The window is never without a model for want of a better one; a picture that waits for it goes on
    // waiting.
    if (givesUpFirstModel)
        loadEmbeddedModel();
}

void Session::stopAll()
{
    m_finding.cancel();
    m_loading.cancel();
    m_analysis.cancel();
    m_opening.cancel();
    m_explainer.cancel();
    m_examiner.cancel();
    m_lesions.cancel();
    m_ranking.cancel();
    m_comparer.cancel();
    m_exporter.cancel();
}

void Session::setState(State state)
{
    m_state = state;
    if (state != State::Answered && state != State::Running && state != State::Reading) {
        m_answer = nullptr;
        m_predictions.setAnswer(nullptr);
    }
    m_explainer.setAnswer(m_answer);
    m_energies.setAnswer(m_answer);
    m_ranking.setAnswer(m_answer);
    m_unitExplainer.setAnswer(m_answer);
    emit stateChanged();
}

void Session::forgetOldPhoto()
{
    if (!m_photo || m_photoIsCurrent)
        return;
    m_photo = nullptr;
    emit photoChanged();
}

void Session::onFindingFailed()
{
    // What is open stays open; its run may have been given up for what was looked for.
    if (!currentPicture())
        return setState(State::Failed);
    if (!m_answer)
        return analyse();
    m_explainer.resume();
    setState(State::Answered);
}

void Session::onModelLoaded(quint64 id, const ModelSummaryPtr &model)
{
    // Also one that was given up too late: it is the worker's now, whatever has been asked for since.
    const bool wanted = m_loading.isCurrent(id);
    m_model = model;
    m_explainer.forgetSubject();
    m_blocks.setModel(model);
    if (wanted) {
        m_loading.finish();
        if (!m_modelPath.isEmpty() && (!m_namesRefused.isEmpty() || !m_classNames.isEmpty()))
            rememberClassNames(m_modelPath, m_classNames);
    }
    emit modelChanged();
    if (wanted && !m_modelPath.isEmpty())
        emit modelOpened(m_modelPath);
    if (wanted && !m_namesRefused.isEmpty())
        emit problem(m_namesRefused);
    // What is shown came from the model before; what waits in the worker's queue would run twice.
    if (currentPicture() && !m_finding.isRunning())
        return analyse();
    m_answer = nullptr;
    setState(m_state);
}

void Session::onPhoto(const PhotoPtr &photo)
{
    m_photo = photo;
    m_photoIsCurrent = true;
    m_seeksReadable = false;
    m_pictures.setRead(m_row, photo->source.read);
    emit photoChanged();
    setState(State::Running);
    if (photo->source.isFile())
        emit pictureOpened(m_folder.isEmpty() ? photo->source.path : m_folder);
}

void Session::onAnswer(const AnswerPtr &answer)
{
    m_analysis.finish();
    m_answer = answer;
    m_predictions.setAnswer(answer);
    m_pictures.setState(m_row, FilmstripModel::State::Answered,
                        answer->top.empty() ? QString() : readableName(answer->label(0).name));
    m_blocks.setAnswer(answer);
    m_state = State::Answered;
    requestMaps();
    setState(State::Answered);
}

void Session::onLoadingFailed(const QString &sentence)
{
    m_loading.finish();
    if (m_namesWereRemembered && !m_classNames.isEmpty()) {
        // If the names are what is wrong, they do not stand in the model's way.
        m_namesRefused = sentence;
        startLoading({});
        return;
    }
    if (!m_model && !m_modelPath.isEmpty())
        loadEmbeddedModel();
    else
        emit stateChanged();
    m_modelRefused =
        m_model ? tr("%1 %2 stays in use.").arg(asSentence(sentence), nameOf(*m_model)) : sentence;
    // Pictures on their way take the place of what is said before they come.
    if (!m_finding.isRunning())
        sayWhyRefused();
}

void Session::sayWhyRefused()
{
    if (!m_modelRefused.isEmpty())
        emit problem(std::exchange(m_modelRefused, {}));
}

void Session::onFailed(quint64 id, const QString &sentence)
{
    if (m_loading.isCurrent(id)) {
        onLoadingFailed(sentence);
    } else if (m_finding.isCurrent(id)) {
        m_finding.finish();
        onFindingFailed();
        sayWhyRefused();
        emit problem(sentence);
    } else if (m_opening.isCurrent(id)) {
        onMaps(nullptr);
        emit problem(sentence);
    } else if (m_analysis.isCurrent(id)) {
        m_analysis.finish();
        m_pictures.setState(m_row, FilmstripModel::State::Failed, sentence);
        if (m_seeksReadable && m_row + 1 < m_pictures.rowCount()) {
            turnTo(m_row + 1);
        } else {
            forgetOldPhoto();
            onMaps(nullptr);
            setState(State::Failed);
        }
        emit problem(sentence);
    }
}

} // namespace reslens
