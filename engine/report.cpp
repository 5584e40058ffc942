// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/report.h"

#include "engine/prediction.h"

#include <array>
#include <charconv>

namespace reslens {

std::string formatPercentage(double probability)
{
    // Not printf: its decimal separator follows the user's locale.
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), probability * 100,
                                            std::chars_format::fixed, 1);
    const std::string number(digits.data(), end);
    constexpr std::size_t width = 6;
    return std::string(number.size() < width ? width - number.size() : 0, ' ') + number + " %";
}

std::string formatCount(std::int64_t count)
{
    std::string text = std::to_string(count);
    const std::size_t firstDigit = count < 0 ? 1 : 0;
    for (std::size_t place = text.size(); place > firstDigit + 3; place -= 3)
        text.insert(place - 3, 1, ',');
    return text;
}

std::string formatPredictions(std::span<const Prediction> predictions, std::span<const ClassLabel> classes)
{
    std::string text;
    for (const Prediction &prediction : predictions) {
        const ClassLabel &label = classes[static_cast<std::size_t>(prediction.classIndex)];
        text += formatPercentage(double(prediction.probability)) + "  " + label.name;
        if (!label.wnid.empty())
            text += "  (" + label.wnid + ")";
        text += '\n';
    }
    return text;
}

} // namespace reslens
