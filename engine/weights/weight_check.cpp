// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/weight_check.h"

#include "engine/error.h"
#include "engine/report.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace reslens {

namespace {

using Dimensions = std::vector<hsize_t>;

constexpr hsize_t widthLimit = 65535;

/// Deflate packs at most 1032 bytes into one; a dataset that claims more values than this for a stored byte
/// is damaged.
constexpr hsize_t valuesPerStoredByteLimit = 1032;

/// Bytes of the widest floating-point numbers there are; HDF5 would believe a damaged file that claims more.
constexpr std::size_t widestFloat = 16;

/// "3 × 3 × 32 × 48", "48 values"
std::string toString(const Dimensions &dimensions)
{
    if (dimensions.empty())
        return "a single value";
    if (dimensions.size() == 1)
        return std::to_string(dimensions.front()) + (dimensions.front() == 1 ? " value" : " values");
    std::string text;
    for (const hsize_t extent : dimensions)
        text += (text.empty() ? "" : " × ") + std::to_string(extent);
    return text;
}

/// The value that occurs most often; the first of them if several do.
hsize_t mostCommon(const Dimensions &values)
{
    return *std::ranges::max_element(values, std::less(),
                                     [&](hsize_t value) { return std::ranges::count(values, value); });
}

int width(const NodeLayers &layers, std::size_t kernelRank, const std::string &fileName)
{
    Dimensions votes;
    const Dimensions &kernel = layers.layer->find("kernel")->dimensions;
    if (kernel.size() == kernelRank)
        votes.push_back(kernel.back());
    for (const StoredLayer *layer : {layers.layer, layers.normalization})
        if (layer)
            for (const StoredWeight &weight : layer->weights)
                if (weight.dimensions.size() == 1)
                    votes.push_back(weight.dimensions.front());
    const hsize_t found = votes.empty() ? 0 : mostCommon(votes);
    if (found < 1 || found > widthLimit)
        throw Error(ErrorKind::WrongShape, layers.layer->name + " in " + fileName + ": kernel is " +
                                               toString(kernel) + ", expected 1 to " +
                                               std::to_string(widthLimit) + " output channels");
    return int(found);
}

std::optional<BatchNormalization> normalization(const StoredLayer *layer, float epsilon)
{
    if (!layer)
        return std::nullopt;
    return BatchNormalization{layer->find("gamma") != nullptr, layer->find("beta") != nullptr, epsilon};
}

bool chunksFit(const StoredWeight &weight)
{
    const hdf5::PropertyList creation(H5Dget_create_plist(weight.dataset.get()));
    if (H5Pget_layout(creation.get()) != H5D_CHUNKED)
        return false;
    Dimensions chunk(weight.dimensions.size());
    return H5Pget_chunk(creation.get(), int(chunk.size()), chunk.data()) == int(chunk.size()) &&
           std::ranges::equal(chunk, weight.dimensions, std::less_equal());
}

/// In words, for messages.
std::string contentOf(const hdf5::Datatype &type)
{
    const std::string size = std::to_string(8 * H5Tget_size(type.get())) + " bits";
    switch (H5Tget_class(type.get())) {
    case H5T_INTEGER:
        return "whole numbers of " + size;
    case H5T_FLOAT:
        return "numbers of " + size;
    case H5T_STRING:
        return "text";
    default:
        return "something else than numbers";
    }
}

class Checker
{
public:
    Checker(hsize_t fileSize, const std::string &fileName) : m_fileSize(fileSize), m_fileName(fileName) {}

    void check(const StoredLayer &layer, const char *name, const Dimensions &expected) const
    {
        const StoredWeight *weight = layer.find(name);
        if (!weight)
            return;
        const std::string where = layer.name + " in " + m_fileName + ": " + name;
        if (weight->dimensions != expected)
            throw Error(ErrorKind::WrongShape, where + (weight->dimensions.size() == 1 ? " has " : " is ") +
                                                   toString(weight->dimensions) + ", expected " +
                                                   toString(expected));
        const hdf5::Datatype type(H5Dget_type(weight->dataset.get()));
        if (!type || H5Tget_class(type.get()) != H5T_FLOAT || H5Tget_size(type.get()) > widestFloat)
            throw Error(ErrorKind::Unsupported,
                        where + " holds " + contentOf(type) + "; expected floating-point numbers");
        checkStorage(*weight, type, where);
    }

private:
    void checkStorage(const StoredWeight &weight, const hdf5::Datatype &type, const std::string &where) const
    {
        const hsize_t stored = H5Dget_storage_size(weight.dataset.get());
        const hsize_t count = std::accumulate(weight.dimensions.begin(), weight.dimensions.end(), hsize_t(1),
                                              std::multiplies<hsize_t>());
        if (stored > m_fileSize || count / valuesPerStoredByteLimit > stored || stored == 0)
            throw Error(ErrorKind::Damaged,
                        where + " has " + formatCount(std::int64_t(std::min<hsize_t>(stored, INT64_MAX))) +
                            " stored bytes for " + formatCount(std::int64_t(count)) + " values");
        // Chunked, most likely: HDF5 trusts the chunks' extents and would read past the end of its memory.
        if (stored != count * H5Tget_size(type.get()) && !chunksFit(weight))
            throw Error(ErrorKind::Damaged, where + " is stored in chunks larger than itself");
    }

    hsize_t m_fileSize;
    const std::string &m_fileName;
};

} // namespace

Architecture deriveArchitecture(const LayerRoles &roles, const std::string &fileName)
{
    constexpr std::size_t convolutionRank = 4;
    constexpr std::size_t denseRank = 2;
    Architecture architecture{roles.block35, roles.block17, roles.block8, {}, 0};
    for (const NodeLayers &layers : roles.numbered)
        architecture.filters.push_back(width(layers, convolutionRank, fileName));
    architecture.filters.push_back(width(roles.last, convolutionRank, fileName));
    for (const HeadRole &role : roles.head)
        architecture.head.push_back(
            {.units = width(role.layers, denseRank, fileName),
             .relu = role.relu,
             .bias = role.layers.layer->find("bias") != nullptr,
             .before = normalization(role.layers.inputNormalization, role.inputEpsilon),
             .after = normalization(role.layers.normalization, role.epsilon)});
    if (!architecture.head.empty())
        architecture.classes = architecture.head.back().units;
    if (architecture.head == std::vector<DenseLayer>{{.units = architecture.classes}})
        architecture.head.clear();
    return architecture;
}

void checkWeights(const Description &description, const LayerRoles &roles, hsize_t fileSize,
                  const std::string &fileName)
{
    const Checker checker(fileSize, fileName);
    for (std::size_t index = 0; index < description.nodes.size(); ++index) {
        const Node &node = description.nodes[index];
        if (!node.hasWeights())
            continue;
        const NodeLayers layers = roles.of(node);
        const auto inputs = hsize_t(inputChannels(description, int(index)));
        const auto filters = hsize_t(node.filters);
        const Dimensions kernel =
            node.operation == Operation::Dense
                ? Dimensions{inputs, filters}
                : Dimensions{hsize_t(node.kernelHeight), hsize_t(node.kernelWidth), inputs, filters};
        checker.check(*layers.layer, "kernel", kernel);
        checker.check(*layers.layer, "bias", {filters});
        for (const auto &[normalization, channels] :
             {std::pair(layers.normalization, filters), std::pair(layers.inputNormalization, inputs)})
            if (normalization)
                for (const char *name : {"gamma", "beta", "moving_mean", "moving_variance"})
                    checker.check(*normalization, name, {channels});
    }
}

} // namespace reslens
