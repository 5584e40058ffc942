// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/worker/job.h"
#include "ui/worker/worker.h"

namespace reslens {

/// Hands on what the worker says of the owner's job: its progress, and its failure, which ends the job as
/// cancel() does and is the owner's problem().
template <typename Owner>
void followJob(Worker *worker, void (Worker::*progress)(quint64 id, int done, int count), const Job &job,
               Owner *owner)
{
    QObject::connect(worker, progress, owner, [owner, &job](quint64 id, int done, int count) {
        if (job.isCurrent(id))
            emit owner->progressed(done, count);
    });
    QObject::connect(worker, &Worker::failed, owner, [owner, &job](quint64 id, const QString &sentence) {
        if (!job.isCurrent(id))
            return;
        owner->cancel();
        emit owner->problem(sentence);
    });
}

} // namespace reslens
