// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/evaluation/perturbation.h"

#include "engine/saliency/display.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace reslens {

namespace {

constexpr int cellCount = gridCells * gridCells;

struct Cell
{
    int top, left, bottom, right;
};

/// A cell's pixels in a picture of size × size.
Cell cellAt(int index, int size)
{
    const auto edge = [size](int line) { return line * size / gridCells; };
    const int row = index / gridCells;
    const int column = index % gridCells;
    return {edge(row), edge(column), edge(row + 1), edge(column + 1)};
}

double meanIn(const Tensor &map, const Cell &cell)
{
    double sum = 0;
    for (int y = cell.top; y < cell.bottom; ++y) {
        for (int x = cell.left; x < cell.right; ++x)
            sum += double(map.at(y, x, 0));
    }
    return sum / ((cell.bottom - cell.top) * (cell.right - cell.left));
}

void copyCell(Tensor &to, const Tensor &from, const Cell &cell)
{
    const int channels = to.shape().channels;
    for (int y = cell.top; y < cell.bottom; ++y)
        std::copy_n(from.data() +
                        std::ptrdiff_t(channels) * (std::ptrdiff_t(y) * from.shape().width + cell.left),
                    channels * (cell.right - cell.left), &to.at(y, cell.left, 0));
}

std::vector<float> gaussian(double sigma)
{
    const int radius = int(std::ceil(3 * sigma));
    std::vector<float> weights;
    for (int i = -radius; i <= radius; ++i)
        weights.push_back(float(std::exp(-i * i / (2 * sigma * sigma))));
    const float sum = std::accumulate(weights.begin(), weights.end(), 0.0F);
    std::ranges::for_each(weights, [sum](float &weight) { weight /= sum; });
    return weights;
}

/// Filters along one direction: `step` values apart lie `length` neighbours, the first of each line at
/// start(line).
template <typename Start>
Tensor filtered(const Tensor &picture, const std::vector<float> &weights, int lines, int length,
                std::ptrdiff_t step, const Start &start)
{
    Tensor result(picture.shape());
    const int radius = int(weights.size()) / 2;
    for (int line = 0; line < lines; ++line) {
        const float *from = picture.data() + start(line);
        float *to = result.data() + start(line);
        for (int i = 0; i < length; ++i) {
            float sum = 0;
            for (int k = -radius; k <= radius; ++k)
                sum += weights[std::size_t(k + radius)] * from[std::clamp(i + k, 0, length - 1) * step];
            to[i * step] = sum;
        }
    }
    return result;
}

} // namespace

std::vector<int> randomCellOrder(unsigned seed)
{
    std::vector<int> order(cellCount);
    std::iota(order.begin(), order.end(), 0);
    std::mt19937 random(seed);
    for (std::size_t i = order.size() - 1; i > 0; --i)
        std::swap(order[i], order[random() % (i + 1)]);
    return order;
}

std::vector<int> cellOrder(const Tensor &map, int size)
{
    const Tensor large = enlarged(map, size, size);
    std::vector<double> means;
    for (int cell = 0; cell < cellCount; ++cell)
        means.push_back(meanIn(large, cellAt(cell, size)));
    // Ties in the order of their places would favour the picture's top.
    std::vector<int> order = randomCellOrder(0);
    std::ranges::stable_sort(order, std::greater(), [&](int cell) { return means[std::size_t(cell)]; });
    return order;
}

Tensor blurred(const Tensor &picture)
{
    const Shape &shape = picture.shape();
    const std::vector<float> weights = gaussian(shape.width / 16.0);
    const int channels = shape.channels;
    const std::ptrdiff_t row = std::ptrdiff_t(channels) * shape.width;
    const Tensor across = filtered(picture, weights, shape.height * channels, shape.width, channels,
                                   [=](int line) { return (line / channels) * row + line % channels; });
    return filtered(across, weights, int(row), shape.height, row, [](int line) { return line; });
}

double Curve::area() const
{
    const double ends = (probabilities.front() + probabilities.back()) / 2;
    return (std::accumulate(probabilities.begin(), probabilities.end(), 0.0) - ends) /
           double(probabilities.size() - 1);
}

PerturbationGame::PerturbationGame(const Tensor &picture, Score score, int steps)
    : m_picture(picture.clone()), m_blurred(blurred(picture)), m_grey(picture.shape()),
      m_score(std::move(score)), m_steps(steps), m_pictureScore(m_score(m_picture)),
      m_blurredScore(m_score(m_blurred)), m_greyScore(m_score(m_grey))
{
}

Curve PerturbationGame::insertion(std::span<const int> order) const
{
    return exchange(m_blurred, m_blurredScore, m_picture, m_pictureScore, order);
}

Curve PerturbationGame::deletion(std::span<const int> order) const
{
    return exchange(m_picture, m_pictureScore, m_grey, m_greyScore, order);
}

Curve PerturbationGame::exchange(const Tensor &from, double fromScore, const Tensor &to, double toScore,
                                 std::span<const int> order) const
{
    Curve curve;
    curve.probabilities.push_back(fromScore);
    Tensor mixed = from.clone();
    std::size_t done = 0;
    for (int step = 1; step < m_steps; ++step) {
        for (const std::size_t end = order.size() * std::size_t(step) / std::size_t(m_steps); done < end;
             ++done)
            copyCell(mixed, to, cellAt(order[done], from.shape().width));
        curve.probabilities.push_back(m_score(mixed));
    }
    curve.probabilities.push_back(toScore);
    return curve;
}

} // namespace reslens
