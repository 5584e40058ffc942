// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/layer_roles.h"

#include "engine/error.h"
#include "engine/weights/known_networks.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string_view>

namespace reslens {

namespace {

/// Layers by the number in their name.
using Numbering = std::map<unsigned, const StoredLayer *>;

/// As Keras writes it, without leading zeros: a number has one name.
std::optional<unsigned> parseNumber(std::string_view text)
{
    if (text.size() > 1 && text.front() == '0')
        return std::nullopt;
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// 0 for "conv2d", 7 for "conv2d_7".
std::optional<unsigned> sequenceNumber(std::string_view name, std::string_view stem)
{
    if (!name.starts_with(stem))
        return std::nullopt;
    name.remove_prefix(stem.size());
    if (name.empty())
        return 0;
    return name.front() == '_' ? parseNumber(name.substr(1)) : std::nullopt;
}

/// The layers of the model `parent` whose names have one of the stems.
Numbering collectSequence(const StoredNetwork &network, std::string_view parent,
                          std::initializer_list<std::string_view> stems)
{
    Numbering sequence;
    for (const StoredLayer &layer : network.layers)
        for (const std::string_view stem : stems)
            if (const auto number = sequenceNumber(layer.name, stem); number && layer.parent == parent)
                sequence.emplace(*number, &layer);
    return sequence;
}

/// block35_1_conv, block35_2_conv, … for the prefix "block35_".
Numbering collectResidual(const StoredNetwork &network, std::string_view prefix)
{
    constexpr std::string_view suffix = "_conv";
    Numbering blocks;
    for (const StoredLayer &layer : network.layers) {
        std::string_view name = layer.name;
        if (!name.starts_with(prefix) || !name.ends_with(suffix) ||
            name.size() <= prefix.size() + suffix.size())
            continue;
        name.remove_prefix(prefix.size());
        name.remove_suffix(suffix.size());
        if (const auto number = parseNumber(name))
            blocks.emplace(*number, &layer);
    }
    return blocks;
}

const StoredLayer *findLayer(const StoredNetwork &network, std::string_view name)
{
    const auto found = std::ranges::find(network.layers, name, &StoredLayer::name);
    return found == network.layers.end() ? nullptr : &*found;
}

const StoredLayer *requireLayer(const StoredNetwork &network, std::string_view name,
                                const std::string &fileName)
{
    const StoredLayer *layer = findLayer(network, name);
    if (!layer)
        throw Error(ErrorKind::MissingLayer, std::string(name) + " is missing from " + fileName);
    return layer;
}

/// Appends the blocks of one kind, which must be numbered 1, 2, 3 …, and returns how many they are.
int appendResidual(const Numbering &blocks, std::string_view prefix, const std::string &fileName,
                   std::vector<const StoredLayer *> &residual)
{
    unsigned expected = 1;
    for (const auto &[number, layer] : blocks) {
        if (number != expected)
            throw Error(ErrorKind::MissingLayer, std::string(prefix) + std::to_string(expected) +
                                                     "_conv is missing from " + fileName + ", which has " +
                                                     layer->name);
        residual.push_back(layer);
        ++expected;
    }
    return int(blocks.size());
}

std::string blockCounts(const LayerRoles &roles)
{
    return std::to_string(roles.block35) + " + " + std::to_string(roles.block17) + " + " +
           std::to_string(roles.block8) + " residual blocks";
}

/// Name of the first layer that a gap in the numbers tells of.
std::optional<std::string> firstGap(const Numbering &sequence)
{
    const auto gap = std::ranges::adjacent_find(
        sequence, [](const auto &left, const auto &right) { return right.first != left.first + 1; });
    if (gap == sequence.end())
        return std::nullopt;
    const auto &[number, layer] = *std::next(gap);
    const std::string stem = layer->name.substr(0, layer->name.rfind('_'));
    return stem + "_" + std::to_string(gap->first + 1);
}

/// The residual convolutions whose absence would explain a surplus of numbered convolutions.
std::string missingResidual(const LayerRoles &roles, int found)
{
    const int a = roles.block35;
    const int b = roles.block17;
    const int c = roles.block8;
    std::vector<std::string> names;
    if (Architecture::filterCount(a + 1, b, c) - 1 == found)
        names.push_back("block35_" + std::to_string(a + 1) + "_conv");
    if (Architecture::filterCount(a, b + 1, c) - 1 == found)
        names.push_back("block17_" + std::to_string(b + 1) + "_conv");
    if (Architecture::filterCount(a, b, c + 1) - 1 == found)
        names.push_back("block8_" + std::to_string(c + 1) + "_conv");
    std::string text;
    for (const std::string &name : names)
        text += (text.empty() ? "" : " or ") + name;
    return text;
}

void checkCount(const Numbering &sequence, const std::string &what, const LayerRoles &roles,
                const std::string &fileName)
{
    const int found = int(sequence.size());
    const int expected = Architecture::filterCount(roles.block35, roles.block17, roles.block8) - 1;
    if (found == expected)
        return;
    const std::string counts = fileName + " has " + std::to_string(found) + " numbered " + what +
                               ", expected " + std::to_string(expected) + " for " + blockCounts(roles);
    if (found < expected) {
        const auto gap = firstGap(sequence);
        throw Error(ErrorKind::MissingLayer, counts + (gap ? "; " + *gap + " is missing" : ""));
    }
    const std::string residual = missingResidual(roles, found);
    if (!residual.empty())
        throw Error(ErrorKind::MissingLayer, counts + "; " + residual + " is missing");
    throw Error(ErrorKind::NotAModel, counts);
}

[[noreturn]] void throwOtherNetwork(const StoredNetwork &network, const std::string &fileName)
{
    const auto other = identifyNetwork(network.layerNames);
    const std::size_t convolutions = std::size_t(std::ranges::count_if(
        network.layers, [](const StoredLayer &layer) { return bool(sequenceNumber(layer.name, "conv2d")); }));
    throw Error(ErrorKind::NotAModel,
                fileName + " is not an Inception-ResNet-v2: " +
                    (other ? "it is probably " + *other
                           : "it has neither residual blocks (block35_1_conv …) nor conv_7b") +
                    "; expected " + std::to_string(Architecture::filterCount(10, 20, 10) - 1) +
                    " numbered convolutions for 10 + 20 + 10 residual blocks, found " +
                    std::to_string(convolutions));
}

void requireWeights(const StoredLayer &layer, std::initializer_list<const char *> names,
                    const std::string &fileName)
{
    for (const char *name : names)
        if (!layer.find(name))
            throw Error(ErrorKind::MissingLayer, layer.name + " in " + fileName + " has no " + name);
}

void requireNormalized(const NodeLayers &layers, const std::string &fileName)
{
    requireWeights(*layers.layer, {"kernel"}, fileName);
    requireWeights(*layers.normalization, {"beta", "moving_mean", "moving_variance"}, fileName);
    if (layers.layer->find("bias"))
        throw Error(ErrorKind::Unsupported, layers.layer->name + " in " + fileName +
                                                " has a bias; expected none before a batch normalization");
}

void requireAllWeights(const LayerRoles &roles, const std::string &fileName)
{
    for (const NodeLayers &layers : roles.numbered)
        requireNormalized(layers, fileName);
    for (const StoredLayer *layer : roles.residual)
        requireWeights(*layer, {"kernel", "bias"}, fileName);
    requireNormalized(roles.last, fileName);
}

std::vector<StoredLayer *> otherLayers(StoredNetwork &network, const LayerRoles &roles)
{
    std::set<const StoredLayer *> known(roles.residual.begin(), roles.residual.end());
    known.insert({roles.last.layer, roles.last.normalization});
    for (const NodeLayers &layers : roles.numbered)
        known.insert({layers.layer, layers.normalization});
    std::vector<StoredLayer *> others;
    for (StoredLayer &layer : network.layers)
        if (!layer.weights.empty() && !known.contains(&layer))
            others.push_back(&layer);
    return others;
}

} // namespace

NodeLayers LayerRoles::of(const Node &node) const
{
    if (node.operation == Operation::Dense)
        return head[std::size_t(node.headIndex)].layers;
    if (node.creationIndex >= 0)
        return numbered[std::size_t(node.creationIndex)];
    if (node.batchNormalization)
        return last;
    return {*std::ranges::find(residual, node.layerName,
                               [](const StoredLayer *layer) -> const std::string & { return layer->name; }),
            nullptr, nullptr};
}

LayerRoles assignRoles(StoredNetwork &network, const std::string &fileName)
{
    LayerRoles roles;
    roles.block35 =
        appendResidual(collectResidual(network, "block35_"), "block35_", fileName, roles.residual);
    roles.block17 =
        appendResidual(collectResidual(network, "block17_"), "block17_", fileName, roles.residual);
    roles.block8 = appendResidual(collectResidual(network, "block8_"), "block8_", fileName, roles.residual);
    if (roles.residual.empty() && !findLayer(network, "conv_7b"))
        throwOtherNetwork(network, fileName);
    roles.last = {requireLayer(network, "conv_7b", fileName), requireLayer(network, "conv_7b_bn", fileName),
                  nullptr};

    const std::string &parent = roles.last.layer->parent;
    const Numbering convolutions = collectSequence(network, parent, {"conv2d"});
    Numbering normalizations = collectSequence(
        network, parent, {"batch_normalization", "batch_normalization_v1", "batch_normalization_v2"});
    // Those of the head come after those of the network.
    if (normalizations.size() > convolutions.size())
        std::erase_if(normalizations,
                      [&](const auto &entry) { return entry.second > roles.last.normalization; });
    checkCount(convolutions, "convolutions", roles, fileName);
    checkCount(normalizations, "batch normalizations", roles, fileName);
    auto normalization = normalizations.begin();
    for (const auto &[number, convolution] : convolutions)
        roles.numbered.push_back({convolution, (normalization++)->second, nullptr});
    requireAllWeights(roles, fileName);
    roles.others = otherLayers(network, roles);
    return roles;
}

} // namespace reslens
