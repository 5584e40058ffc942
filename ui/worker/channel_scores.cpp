// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/channel_scores.h"

#include "engine/saliency/logit.h"

namespace reslens {

ChannelScoresPtr scoreChannels(Runner &runner, const Trace &trace, const BlockMaps &maps, int classIndex,
                               const std::stop_token &stop, const std::function<void(int, int)> &progress)
{
    const Architecture &architecture = runner.network().description().architecture;
    const int count = int(runner.network().description().blocks.size());
    const int total = count + count - maps.index;
    RunOptions forward;
    forward.stop = stop;
    forward.record = true;
    forward.blockFinished = [&](const BlockReport &report) { progress(report.index + 1, total); };
    const RunResult run = runner.run(trace.input, forward);

    BackwardOptions backward;
    for (const BlockMaps::Map &map : maps.maps)
        backward.capture.push_back(map.address.toStdString());
    backward.stop = stop;
    backward.blockFinished = [&](int block) { progress(count + count - block, total); };
    const BackwardResult result =
        runner.backward(*run.tape, logitWeightsOf(architecture.classes, classIndex), backward);

    auto scores = std::make_shared<ChannelScores>();
    scores->block = maps.index;
    scores->classIndex = classIndex;
    for (const BlockMaps::Map &map : maps.maps)
        scores->scores.push_back(
            channelProducts(map.tensor->view(), result.gradients.at(map.address.toStdString())->view()));
    return scores;
}

} // namespace reslens
