// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/worker/running.h"

#include "engine/error.h"
#include "engine/prediction.h"

namespace reslens {

void throwIfStopped(const std::stop_token &stop)
{
    if (stop.stop_requested())
        throw Error(ErrorKind::Cancelled, "Cancelled.");
}

Picture readSource(const PictureSource &source, bool honourOrientation)
{
    const ReadOptions options{honourOrientation};
    if (source.isFile())
        return readPicture(source.path, options);
    return source.bytes.isEmpty() ? pictureFromImage(source.image, source.name)
                                  : readPicture(source.bytes, source.name, options);
}

AnswerPtr answerOf(const RunResult &result, const ModelSummaryPtr &model)
{
    auto answer = std::make_shared<Answer>();
    answer->top = topK(result, 5);
    answer->logits = result.logits;
    answer->probabilities = result.probabilities;
    answer->model = model;
    answer->milliseconds = result.milliseconds;
    return answer;
}

} // namespace reslens
