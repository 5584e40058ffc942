// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/energies.h"

#include "ui/session/block_model.h"
#include "ui/worker/requests.h"

namespace reslens {

Energies::Energies(Requests &requests, BlockModel &blocks, QObject *parent)
    : QObject(parent), m_requests(requests), m_blocks(blocks)
{
    connect(requests.worker(), &Worker::energyMeasured, this, [this](quint64 id, int block, double energy) {
        if (!m_job.isCurrent(id))
            return;
        m_energies[std::size_t(block)] = energy;
        measureFrom(std::size_t(block) + 1);
    });
    connect(requests.worker(), &Worker::failed, this, [this](quint64 id) {
        // What has been measured until then is shown; the picture's own run says what is wrong with it.
        if (m_job.isCurrent(id))
            measureFrom(m_energies.size());
    });
}

void Energies::setAnswer(const AnswerPtr &answer)
{
    if (answer == m_answer)
        return;
    m_answer = answer;
    m_job.cancel();
    if (!answer)
        return;
    m_energies.assign(answer->model->blocks.size(), std::nullopt);
    measureFrom(0);
}

void Energies::measureFrom(std::size_t block)
{
    while (block < m_energies.size() && !m_answer->model->blocks[block].residual)
        ++block;
    if (block == m_energies.size()) {
        m_job.finish();
        m_blocks.setEnergies(m_energies);
        return;
    }
    m_requests.start(m_job, &Worker::measureEnergy, int(block));
}

} // namespace reslens
