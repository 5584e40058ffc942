// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/block_maps.h"

#include <QImage>
#include <functional>
#include <optional>

namespace reslens {

/// One side of a comparison: a picture, and the model that sees it.
struct ComparedCase
{
    PictureSource picture;
    /// The model's file, empty for the embedded one; nothing for the model that the window works with.
    std::optional<QString> model;

    bool operator==(const ComparedCase &) const = default;
};

/// Two pictures in one model, or one picture in two.
struct ComparisonRequest
{
    ComparedCase a;
    ComparedCase b;
    Preparation preparation;
    QString block;

    bool operator==(const ComparisonRequest &) const = default;
};

/// What one side gave.
struct ComparedSide
{
    AnswerPtr answer;
    BlockMapsPtr maps; ///< null if the model has no block of this name
    QImage picture;    ///< as small as in a heading
};

struct Comparison
{
    ComparisonRequest request;
    ComparedSide a;
    ComparedSide b;
};

using ComparisonPtr = std::shared_ptr<const Comparison>;

/// Runs both sides of comparisons, one after the other. What a side's run left behind, and a second model,
/// are kept for the next comparison, so that another block of the same two takes no time.
class Comparator
{
public:
    struct Control
    {
        std::stop_token stop;
        std::function<void(int done, int count)> progress; ///< layers read, then blocks of both sides
    };

    /// `runner` and `model` are those of the window. Throws as reading pictures, Network::load() and Runner
    /// do.
    ComparisonPtr compare(Runner &runner, const ModelSummaryPtr &model, const ComparisonRequest &request,
                          const Control &control);

    /// Lets go of the second model and of what the runs left behind.
    void release();

private:
    struct Run
    {
        ComparedCase what;
        AnswerPtr answer; ///< with the model that gave it
        Trace trace;
        QImage picture;
    };
    struct Model
    {
        QString path;
        Runner runner;
        ModelSummaryPtr summary; ///< with the version of the file
    };

    void loadOther(const QString &path, const Control &control);
    ComparedSide compareSide(int side, Runner &runner, const ModelSummaryPtr &model, const ComparedCase &what,
                             const ComparisonRequest &request, const Control &control);

    std::optional<Model> m_other;
    std::optional<Run> m_runs[2];
};

} // namespace reslens
