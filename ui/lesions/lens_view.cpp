// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/lesions/lens_view.h"

#include "engine/prediction.h"
#include "ui/base/format.h"

#include <algorithm>
#include <numeric>

namespace reslens {

double LensView::value(int index, int row) const
{
    const auto &values = scale == Scale::Logits ? step(index).logits : step(index).probabilities;
    return double(values[std::size_t(classes[std::size_t(row)])]);
}

QString LensView::text(int index, int row) const
{
    const double number = value(index, row);
    return scale == Scale::Logits ? formatFixed(number, 2) : formatPercent(number);
}

LensView lensViewOf(const LensPtr &lens, const Answer &answer, const Subject &subject, LensView::Scale scale)
{
    LensView view{lens, {subject.classIndex}, {}, scale};
    const auto add = [&](int index) {
        if (std::ranges::find(view.classes, index) == view.classes.end())
            view.classes.push_back(index);
    };
    if (subject.versus)
        add(*subject.versus);
    for (const Prediction &prediction : answer.top)
        add(prediction.classIndex);
    for (const int index : view.classes)
        view.names << readableName(answer.model->info.classes[std::size_t(index)].name);
    return view;
}

std::vector<double> spread(const std::vector<double> &wanted, double distance, double low, double high)
{
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i]; });
    std::vector<double> places(wanted.size());
    // Upwards, each as low as the one below it lets it be; then back from the upper end.
    double least = low;
    for (const std::size_t i : order) {
        places[i] = std::max(wanted[i], least);
        least = places[i] + distance;
    }
    double most = high;
    std::ranges::reverse(order);
    for (const std::size_t i : order) {
        places[i] = std::min(places[i], most);
        most = places[i] - distance;
    }
    return places;
}

} // namespace reslens
