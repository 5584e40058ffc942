// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/picture/picture.h"
#include "ui/worker/results.h"

#include <stop_token>

namespace reslens {

// What every run begins and ends with.

/// Decodes a picture. Throws as readPicture() and pictureFromImage() do.
Picture readSource(const PictureSource &source, bool honourOrientation);

/// The five most probable classes of a run.
AnswerPtr answerOf(const RunResult &result, const ModelSummaryPtr &model);

/// Throws Error(Cancelled) once a stop has been asked for.
void throwIfStopped(const std::stop_token &stop);

} // namespace reslens
