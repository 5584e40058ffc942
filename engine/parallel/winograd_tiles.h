// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/kernels/ceil_divide.h"
#include "engine/kernels/panels.h"
#include "engine/kernels/winograd.h"
#include "engine/parallel/thread_pool.h"

#include <algorithm>
#include <cstddef>
#include <stop_token>

namespace reslens {

/// One side of the products in Winograd's domain: point by point, tile by tile, the channels of each.
struct WinogradSide
{
    float *values;
    int channels;
    std::size_t pointStride; ///< floats from one point's first tile to the next point's

    float *at(int point, int tile) const
    {
        return values + std::size_t(point) * pointStride + std::ptrdiff_t(tile) * channels;
    }
};

/// Both sides in one workspace, for as many tiles at a time as the caches of two cores hold.
class WinogradTiles
{
public:
    WinogradTiles(const Window &window, const WinogradForm &form)
        : m_form(form), m_inputs(window.in.channels), m_outputs(window.out.channels),
          m_total(form.tiles(window))
    {
        constexpr int limit = 768 * 1024;
        const int fitting = std::max(64, limit / ((m_inputs + m_outputs) * form.points));
        m_atOnce = ceilDivide(m_total, ceilDivide(m_total, fitting));
    }

    std::size_t workspaceSize() const
    {
        return std::size_t(m_form.points) * std::size_t(m_atOnce) * std::size_t(m_inputs + m_outputs);
    }

    WinogradSide inputs(float *workspace) const
    {
        return {workspace, m_inputs, std::size_t(m_atOnce) * std::size_t(m_inputs)};
    }

    WinogradSide outputs(float *workspace) const
    {
        return {workspace + std::size_t(m_form.points) * inputs(workspace).pointStride, m_outputs,
                std::size_t(m_atOnce) * std::size_t(m_outputs)};
    }

    /// Calls group(first, tiles) for groups of tiles one after the other.
    template <typename Group>
    void forEachGroup(const std::stop_token &stop, const Group &group) const
    {
        for (int first = 0; first < m_total && !stop.stop_requested(); first += m_atOnce)
            group(first, std::min(m_atOnce, m_total - first));
    }

    /// Shares a group of tiles out among the threads: prepare(from, count) writes tiles of `a`, then each
    /// point's are multiplied by matrix(point) and give those of `b`, from which finish(from, count) reads.
    template <typename Prepare, typename Matrix, typename Finish>
    void multiplyGroup(ThreadPool &pool, const std::stop_token &stop, int tiles, const WinogradSide &a,
                       const WinogradSide &b, const Prepare &prepare, const Matrix &matrix,
                       const Finish &finish) const
    {
        const auto multiplyPoint = [&](int point, int from, int count) {
            if (!stop.stop_requested())
                multiply(count, a.at(point, from), a.channels, matrix(point), 0, b.channels,
                         b.at(point, from), b.channels, false);
        };
        const int share = ceilDivide(tiles, (sharesTiles() ? 1 : 2) * pool.threads());
        const int shares = ceilDivide(tiles, share);
        const auto forShares = [&](const auto &work) {
            pool.run(shares,
                     [&](int index, int) { work(index * share, std::min(share, tiles - index * share)); });
        };
        if (sharesTiles()) {
            forShares([&](int from, int count) {
                prepare(from, count);
                for (int point = 0; point < m_form.points; ++point)
                    multiplyPoint(point, from, count);
                finish(from, count);
            });
        } else {
            forShares(prepare);
            pool.run(m_form.points, [&](int point, int) { multiplyPoint(point, 0, tiles); });
            forShares(finish);
        }
    }

private:
    /// Whether each thread takes its own tiles through all points, rather than its own points for all tiles:
    /// then nothing goes from one core's cache to another's on the way, but each thread reads all of the
    /// kernels. That pays where they are small.
    bool sharesTiles() const
    {
        constexpr int smallKernel = 64 * 64;
        return m_inputs * m_outputs <= smallKernel;
    }

    WinogradForm m_form;
    int m_inputs;  ///< channels
    int m_outputs; ///< channels
    int m_total;   ///< tiles
    int m_atOnce;  ///< tiles
};

} // namespace reslens
