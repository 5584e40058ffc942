// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/job.h"
#include "ui/worker/results.h"

#include <QObject>
#include <optional>

namespace reslens {

class BlockModel;
class Requests;

/// After each answer, has the worker measure how much each residual block changes what passes through it, and
/// gives it to the blocks once all are there. Asks for one block at a time: whatever else is asked of the
/// worker comes in between.
class Energies : public QObject
{
    Q_OBJECT

public:
    Energies(Requests &requests, BlockModel &blocks, QObject *parent = nullptr);

    /// Null as long as there is no answer.
    void setAnswer(const AnswerPtr &answer);

private:
    /// Asks for the next residual block from here on, or hands over what has come.
    void measureFrom(std::size_t block);

    Requests &m_requests;
    BlockModel &m_blocks;
    Job m_job;
    AnswerPtr m_answer;
    std::vector<std::optional<double>> m_energies; ///< by block; nothing where none has been measured
};

} // namespace reslens
