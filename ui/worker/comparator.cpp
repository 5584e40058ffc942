// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/comparator.h"

#include "ui/weights/model_file.h"
#include "ui/worker/running.h"
#include "ui/worker/summarize.h"

namespace reslens {
namespace {

/// Enough for two screen pixels each.
constexpr int PictureSize = 96;

/// The position of a block with a map; nothing if the network has none of this name.
std::optional<int> blockNamed(const ModelSummary &model, const QString &name)
{
    for (std::size_t i = 0; i < model.blocks.size(); ++i)
        if (model.blocks[i].name == name)
            return int(i);
    return {};
}

} // namespace

void Comparator::loadOther(const QString &path, const Control &control)
{
    // Before the file is read: what is written over it meanwhile is another version.
    const FileVersion version = FileVersion::of(path);
    if (m_other && m_other->path == path && m_other->summary->version == version)
        return;
    // Two models beside the window's own would be one too many.
    m_other.reset();
    LoadOptions options;
    options.stop = control.stop;
    options.progress = control.progress;
    const std::shared_ptr<const Network> network = loadNetwork(path, options);
    m_other.emplace(Model{path, Runner(network), summarize(*network, path.isEmpty(), version)});
}

ComparedSide Comparator::compareSide(int side, Runner &runner, const ModelSummaryPtr &model,
                                     const ComparedCase &what, const ComparisonRequest &request,
                                     const Control &control)
{
    std::optional<Run> &run = m_runs[side];
    const int count = int(model->blocks.size());
    PictureSource source = what.picture;
    source.read = FileVersion::of(source.path);
    const bool known = run && run->what == what && run->trace.source.read == source.read &&
                       run->answer->model == model && run->trace.preparation == request.preparation;
    if (!known) {
        run.reset();
        const Picture picture = readSource(source, request.preparation.honourOrientation);
        throwIfStopped(control.stop);
        const Image seen = resizeForNetwork(*picture.pixels, model->inputSize, request.preparation.resize);
        Trace trace{source, request.preparation, normalize(seen), {}};
        RunOptions options;
        options.stop = control.stop;
        options.capture = blockOutputAddresses(runner.network().description());
        options.blockFinished = [&](const BlockReport &report) {
            control.progress(side * count + std::min(report.index + 1, count), 2 * count);
        };
        RunResult result = runner.run(trace.input, options);
        trace.outputs = std::move(result.captured);
        run.emplace(Run{
            what, answerOf(result, model), std::move(trace),
            picture.image.scaled(PictureSize, PictureSize, Qt::KeepAspectRatio, Qt::SmoothTransformation)});
    }
    ComparedSide compared{run->answer, nullptr, run->picture};
    if (const std::optional<int> block = blockNamed(*model, request.block))
        compared.maps = mapsOf(runner, run->trace, model, *block, control.stop);
    return compared;
}

ComparisonPtr Comparator::compare(Runner &runner, const ModelSummaryPtr &model,
                                  const ComparisonRequest &request, const Control &control)
{
    const auto side = [&](int index, const ComparedCase &what) {
        if (!what.model)
            return compareSide(index, runner, model, what, request, control);
        loadOther(*what.model, control);
        return compareSide(index, m_other->runner, m_other->summary, what, request, control);
    };
    if (!request.a.model && !request.b.model)
        m_other.reset();
    auto comparison = std::make_shared<Comparison>();
    comparison->request = request;
    comparison->a = side(0, request.a);
    comparison->b = side(1, request.b);
    return comparison;
}

void Comparator::release()
{
    m_other.reset();
    for (std::optional<Run> &run : m_runs)
        run.reset();
}

} // namespace reslens
