// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/imaging/resample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace reslens {
namespace {

constexpr int channels = 3;
// 8 bits for the pixel and 2 for the sum, whose weights may exceed 1 in magnitude, leave 22 of 32.
constexpr int precisionBits = 32 - 8 - 2;
constexpr std::int32_t half = 1 << (precisionBits - 1);

double triangle(double x)
{
    x = std::abs(x);
    return x < 1.0 ? 1.0 - x : 0.0;
}

double keysCubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    if (x < 2.0)
        return (((x - 5.0) * x + 8.0) * x - 4.0) * a;
    return 0.0;
}

struct Filter
{
    double (*function)(double);
    double support;
};

Filter filterFunction(ResizeFilter filter)
{
    return filter == ResizeFilter::Bicubic ? Filter{keysCubic, 2.0} : Filter{triangle, 1.0};
}

/// The source samples that one output sample is made of.
struct Window
{
    int begin = 0;
    int count = 0;
    std::size_t firstWeight = 0;
};

/// One dimension's weights, those of window i at firstWeight.
struct Kernel
{
    std::vector<Window> windows;
    std::vector<std::int32_t> weights;
};

std::int32_t toFixed(double weight)
{
    return std::int32_t(weight * (1 << precisionBits) + (weight < 0.0 ? -0.5 : 0.5));
}

Kernel makeKernel(int sourceSize, int outputSize, const Filter &filter)
{
    const double scale = double(sourceSize) / outputSize;
    const double widening = std::max(scale, 1.0);
    const double support = filter.support * widening;
    const double inverse = 1.0 / widening;

    Kernel kernel;
    kernel.windows.reserve(std::size_t(outputSize));
    std::vector<double> exact;
    for (int i = 0; i < outputSize; ++i) {
        const double center = (i + 0.5) * scale;
        const int begin = std::max(0, int(center - support + 0.5));
        const int end = std::min(sourceSize, int(center + support + 0.5));
        exact.clear();
        double sum = 0.0;
        for (int source = begin; source < end; ++source) {
            exact.push_back(filter.function((source - center + 0.5) * inverse));
            sum += exact.back();
        }
        kernel.windows.push_back({begin, end - begin, kernel.weights.size()});
        for (const double weight : exact)
            kernel.weights.push_back(toFixed(sum != 0.0 ? weight / sum : weight));
    }
    return kernel;
}

std::uint8_t toByte(std::int32_t sum)
{
    return std::uint8_t(std::clamp(sum >> precisionBits, 0, 255));
}

void filterRow(const std::uint8_t *source, const Kernel &kernel, std::uint8_t *out)
{
    for (const Window &window : kernel.windows) {
        const std::uint8_t *pixel = source + std::ptrdiff_t(window.begin) * channels;
        const std::int32_t *weight = kernel.weights.data() + window.firstWeight;
        std::int32_t red = half;
        std::int32_t green = half;
        std::int32_t blue = half;
        for (int i = 0; i < window.count; ++i, pixel += channels) {
            red += pixel[0] * weight[i];
            green += pixel[1] * weight[i];
            blue += pixel[2] * weight[i];
        }
        *out++ = toByte(red);
        *out++ = toByte(green);
        *out++ = toByte(blue);
    }
}

void accumulate(const std::uint8_t *row, std::int32_t weight, int count, std::int32_t *sums)
{
    for (int i = 0; i < count; ++i)
        sums[i] += row[i] * weight;
}

/// Takes the rows one after the other and adds each to all output rows that it is part of, so that the
/// filtered rows of a tall picture are never held together.
Image convolve(const Image &image, const Box &box, int width, int height, const Filter &filter)
{
    const Kernel horizontal = makeKernel(box.width, width, filter);
    const Kernel vertical = makeKernel(box.height, height, filter);
    const int rowSize = width * channels;
    std::vector<std::int32_t> sums(std::size_t(rowSize) * std::size_t(height), half);
    std::vector<std::uint8_t> filtered(static_cast<std::size_t>(rowSize));

    int firstOpen = 0;
    for (int y = 0; y < box.height; ++y) {
        const std::uint8_t *source = image.row(box.y + y) + std::ptrdiff_t(box.x) * channels;
        filterRow(source, horizontal, filtered.data());
        while (firstOpen < height && vertical.windows[std::size_t(firstOpen)].begin +
                                             vertical.windows[std::size_t(firstOpen)].count <=
                                         y)
            ++firstOpen;
        for (int i = firstOpen; i < height; ++i) {
            const Window &window = vertical.windows[std::size_t(i)];
            if (window.begin > y)
                break;
            accumulate(filtered.data(), vertical.weights[window.firstWeight + std::size_t(y - window.begin)],
                       rowSize, sums.data() + std::size_t(i) * std::size_t(rowSize));
        }
    }

    Image result{width, height, std::vector<std::uint8_t>(sums.size())};
    std::transform(sums.begin(), sums.end(), result.pixels.begin(), toByte);
    return result;
}

/// Source positions under the output pixels' centres. The position is summed up step by step, as Pillow does,
/// because the rounding of that sum decides between two pixels where a centre falls on their border.
std::vector<int> nearestPositions(int sourceSize, int outputSize)
{
    const double scale = double(sourceSize) / outputSize;
    std::vector<int> positions;
    positions.reserve(std::size_t(outputSize));
    double position = scale * 0.5;
    for (int i = 0; i < outputSize; ++i, position += scale)
        positions.push_back(std::min(int(position), sourceSize - 1));
    return positions;
}

Image pickNearest(const Image &image, const Box &box, int width, int height)
{
    const std::vector<int> columns = nearestPositions(box.width, width);
    Image result{width, height,
                 std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * channels)};
    std::uint8_t *out = result.pixels.data();
    for (const int y : nearestPositions(box.height, height)) {
        const std::uint8_t *row = image.row(box.y + y) + std::ptrdiff_t(box.x) * channels;
        for (const int x : columns) {
            std::memcpy(out, row + std::ptrdiff_t(x) * channels, channels);
            out += channels;
        }
    }
    return result;
}

} // namespace

Image resample(const Image &image, const Box &box, int width, int height, ResizeFilter filter)
{
    if (filter == ResizeFilter::Nearest)
        return pickNearest(image, box, width, height);
    return convolve(image, box, width, height, filterFunction(filter));
}

} // namespace reslens
