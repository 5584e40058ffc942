// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/worker.h"

#include "engine/error.h"
#include "engine/saliency/lesions.h"
#include "ui/picture/picture_files.h"
#include "ui/picture/picture_writer.h"
#include "ui/weights/model_file.h"
#include "ui/worker/running.h"
#include "ui/worker/summarize.h"

#include <QDir>

namespace reslens {
namespace {

PhotoPtr photoOf(const PictureSource &source, const Picture &picture, const Image &seen,
                 const Preparation &preparation)
{
    auto photo = std::make_shared<Photo>();
    photo->source = source;
    photo->size = picture.image.size();
    photo->levels = halvings(picture.image);
    photo->seen = QImage(seen.pixels.data(), seen.width, seen.height, 3 * seen.width, QImage::Format_RGB888)
                      .convertToFormat(QImage::Format_RGB32);
    photo->seenArea = seenArea(photo->size, seen.width, preparation.resize.mode);
    photo->preparation = preparation;
    return photo;
}

} // namespace

void Worker::carryOut(quint64 id, const std::stop_token &stop, const std::function<void()> &work)
{
    if (stop.stop_requested())
        return;
    try {
        work();
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::Cancelled)
            emit failed(id, QString::fromUtf8(error.what()));
    } catch (const std::bad_alloc &) {
        emit failed(id, tr("There is not enough memory for this."));
    } catch (const std::exception &error) {
        // A mistake in the program must not take the window with it.
        emit failed(id, tr("Something went wrong in the program: %1").arg(QString::fromUtf8(error.what())));
    }
}

Runner &Worker::runner()
{
    if (!m_runner)
        throw Error(ErrorKind::FileMissing,
                    tr("No model is loaded: open an .h5 weight file from the Model menu.").toStdString());
    return *m_runner;
}

void Worker::findPictures(quint64 id, const QStringList &paths, const std::stop_token &stop)
{
    carryOut(id, stop, [&] { emit picturesFound(id, picturesIn(paths)); });
}

void Worker::loadModel(quint64 id, const QString &path, const QString &classNames,
                       const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        LoadOptions options;
        options.classNames = classNames.toStdU16String();
        options.stop = stop;
        options.progress = [&](int done, int count) { emit modelProgress(id, done, count); };
        // Before the file is read: what is written over it meanwhile is another version.
        const FileVersion version = FileVersion::of(path);
        const auto network = loadNetwork(path, options);
        throwIfStopped(stop);
        Runner runner(network);
        ModelSummaryPtr model = summarize(*network, path.isEmpty(), version);
        // Nothing below fails.
        m_trace.reset();
        m_weights.reset();
        m_runner = std::move(runner);
        m_model = std::move(model);
        emit modelLoaded(id, m_model);
    });
}

void Worker::analyse(quint64 id, const PictureSource &wanted, const Preparation &preparation,
                     const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        Runner &network = runner();
        // Whatever comes of this picture, what is asked from now on is not about the one before.
        m_trace.reset();
        PictureSource source = wanted;
        source.read = FileVersion::of(source.path);
        const Picture picture = readSource(source, preparation.honourOrientation);
        throwIfStopped(stop);
        const Image seen = resizeForNetwork(*picture.pixels, m_model->inputSize, preparation.resize);
        emit photoReady(id, photoOf(source, picture, seen, preparation));
        throwIfStopped(stop);

        RunOptions options;
        options.stop = stop;
        options.blockFinished = [&](const BlockReport &report) {
            if (report.block->name != "predictions")
                emit blockReady(id, summarize(report));
        };
        options.capture = blockOutputAddresses(network.network().description());
        Trace trace{source, preparation, normalize(seen), {}};
        RunResult result = network.run(trace.input, options);
        trace.outputs = std::move(result.captured);
        m_trace = std::move(trace);
        emit answered(id, answerOf(result, m_model));
    });
}

void Worker::openBlock(quint64 id, int block, const std::stop_token &stop)
{
    carryOut(id, stop, [&] { emit blockOpened(id, mapsOf(runner(), traced(), m_model, block, stop)); });
}

void Worker::measureEnergy(quint64 id, int block, const std::stop_token &stop)
{
    carryOut(id, stop, [&] { emit energyMeasured(id, block, energyOf(runner(), traced(), block, stop)); });
}

void Worker::explainUnit(quint64 id, const UnitQuestion &question, const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        const Trace &trace = traced();
        if (question.model != m_model)
            throw Error(ErrorKind::InvalidArgument,
                        tr("Another model has been loaded since this was asked.").toStdString());
        const QString path = m_model->path();
        if (FileVersion::of(path) != m_model->version)
            throw Error(ErrorKind::FileUnreadable,
                        tr("%1 is no longer the file that was loaded: load it again "
                           "to see how its numbers come to be.")
                            .arg(QDir::toNativeSeparators(path))
                            .toStdString());
        if (!m_weights)
            m_weights.emplace(openWeightFile(path));
        emit unitExplained(id, storyOf(runner(), trace, *m_weights, question, stop));
    });
}

void Worker::scoreChannels(quint64 id, const BlockMapsPtr &maps, int classIndex, const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        emit channelsScored(
            id, reslens::scoreChannels(runner(), traced(), *maps, classIndex, stop,
                                       [&](int done, int count) { emit scoreProgress(id, done, count); }));
    });
}

void Worker::compare(quint64 id, const ComparisonRequest &request, const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        const auto progress = [&](int done, int count) { emit compareProgress(id, done, count); };
        emit compared(id, m_comparator.compare(runner(), m_model, request, {stop, progress}));
    });
}

void Worker::save(quint64 id, const MapExport &wanted)
{
    carryOut(id, {}, [&] {
        writeChannels(wanted);
        emit saved(id, wanted.file, true);
    });
}

void Worker::saveSaliency(quint64 id, const SaliencyExport &wanted)
{
    carryOut(id, {}, [&] {
        writeSaliency(wanted);
        emit saved(id, wanted.file, true);
    });
}

void Worker::savePicture(quint64 id, const QImage &picture, const QString &file)
{
    carryOut(id, {}, [&] {
        writePng(file, picture);
        emit saved(id, file, false);
    });
}

void Worker::saveTensors(quint64 id, const TensorExport &wanted, const std::stop_token &stop)
{
    carryOut(id, {}, [&] {
        const auto progress = [&](int done, int count) { emit saveProgress(id, done, count); };
        try {
            exportTensors(runner(), traced(), *m_model, wanted, stop, progress);
            emit saved(id, wanted.target.path, wanted.target.kind != TensorTarget::Kind::Folder);
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::Cancelled)
                throw;
            emit saveStopped(id, wanted.target.path);
        }
    });
}

void Worker::paint(quint64 id, const MapExport &wanted)
{
    carryOut(id, {}, [&] { emit painted(id, paintChannels(wanted)); });
}

void Worker::explain(quint64 id, const Question &question, const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        SaliencyRequest request = requestOf(question);
        request.branchScores = true;
        request.stop = stop;
        request.progress = [&](int done, int count) { emit explainProgress(id, done, count); };
        SaliencyResult result = computeSaliency(runner(), traced().input, request);
        emit explained(id, explanationOf(question, std::move(result), *m_model));
    });
}

void Worker::examine(quint64 id, const ExplanationPtr &explanation, SaliencyRequest request,
                     const std::stop_token &stop)
{
    request.stop = stop;
    carryOut(id, stop, [&] {
        reslens::examine(
            runner(), traced().input, explanation, request,
            [&](int done, int count) { emit examineProgress(id, done, count); },
            [&](const ExaminationPtr &examination) { emit examined(id, examination); });
    });
}

void Worker::lesion(quint64 id, const std::vector<Lesion> &lesions, const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        emit lesioned(id, answerOf(runLesioned(runner(), traced().outputs, lesions, stop), m_model));
    });
}

void Worker::readLens(quint64 id, const std::stop_token &stop)
{
    carryOut(id, stop, [&] {
        emit lensRead(
            id, std::make_shared<const std::vector<LensStep>>(logitLens(runner(), traced().outputs, stop)));
    });
}

const Trace &Worker::traced() const
{
    if (!m_trace)
        throw Error(ErrorKind::InvalidArgument,
                    tr("No picture has been through the network yet.").toStdString());
    return *m_trace;
}

} // namespace reslens
