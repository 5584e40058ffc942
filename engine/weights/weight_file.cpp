// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/weight_file.h"

#include "engine/cost.h"
#include "engine/error.h"
#include "engine/kernels/elementwise.h"
#include "engine/shapes.h"
#include "engine/weights/hdf5_read.h"
#include "engine/weights/head_roles.h"
#include "engine/weights/keras_layers.h"
#include "engine/weights/layer_roles.h"
#include "engine/weights/model_container.h"
#include "engine/weights/weight_check.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <sstream>

namespace reslens {

namespace {

constexpr int defaultInputSize = 299;

/// The size that the file says, else that of the model's configuration, else the published one.
int readInputSize(const hdf5::File &file, int configuredSize, const std::string &fileName)
{
    const int fallback = configuredSize >= leastInputSize && configuredSize <= greatestInputSize
                             ? configuredSize
                             : defaultInputSize;
    const int size = hdf5::readInteger(file.get(), "reslens_input_size", fileName).value_or(fallback);
    if (size < leastInputSize || size > greatestInputSize)
        throw Error(ErrorKind::Damaged, "The attribute reslens_input_size of " + fileName + " is " +
                                            std::to_string(size) + ", expected " +
                                            std::to_string(leastInputSize) + " to " +
                                            std::to_string(greatestInputSize));
    return size;
}

/// A list with an entry for each class; nothing if the file has none.
std::optional<std::vector<std::string>> readClassList(const hdf5::File &file, const char *attribute,
                                                      int classes, const std::string &fileName)
{
    auto list = hdf5::readStrings(file.get(), attribute, fileName);
    if (list && list->size() != std::size_t(classes))
        throw Error(ErrorKind::WrongShape, "The attribute " + std::string(attribute) + " of " + fileName +
                                               " has " + std::to_string(list->size()) +
                                               " entries, expected one for each of " +
                                               std::to_string(classes) + " classes");
    return list;
}

ModelInfo readInfo(const hdf5::File &file, int configuredSize, const Description &description,
                   const std::string &fileName)
{
    ModelInfo info;
    info.name = fileName;
    if (const auto about = hdf5::readStrings(file.get(), "reslens_about", fileName))
        for (const std::string &part : *about)
            info.about += part;
    info.inputSize = readInputSize(file, configuredSize, fileName);
    info.parameters = parameterCount(description);
    const int classes = description.architecture.classes;
    info.classes.resize(std::size_t(classes));
    if (classes == 0)
        return info;
    const auto names = readClassList(file, "reslens_class_names", classes, fileName);
    const auto wnids = readClassList(file, "reslens_wnids", classes, fileName);
    info.namedClasses = names.has_value();
    for (std::size_t index = 0; index < info.classes.size(); ++index)
        info.classes[index] = {wnids ? (*wnids)[index] : "",
                               names ? (*names)[index] : "class " + std::to_string(index)};
    return info;
}

/// What had to be assumed about a head that no configuration describes.
std::string assumptionsAbout(const Architecture &architecture)
{
    if (architecture.head.size() < 2)
        return {};
    return "The file names no activations: ReLU is assumed for the head's hidden layers, softmax for its "
           "last, and an epsilon of 0.001 for its batch normalizations.";
}

/// "0.17"
std::string formatNumber(double value)
{
    std::ostringstream text;
    text << value;
    return text.str();
}

/// Throws Error(Unsupported) if a block's residual is scaled otherwise than in Keras' network.
void checkScales(const std::vector<double> &scales, const Description &description, const std::string &name)
{
    std::size_t next = 0;
    for (const Block &block : description.blocks) {
        if (!block.residual || next == scales.size())
            continue;
        const double found = scales[next++];
        const Node &residual = description.nodes[std::size_t(*description.find(block.name + "/residual"))];
        if (std::abs(found - double(residual.scale)) > 1e-6)
            throw Error(ErrorKind::Unsupported, block.name + " in " + name + " scales its residual by " +
                                                    formatNumber(found) + "; expected " +
                                                    formatNumber(double(residual.scale)) +
                                                    ", as in Keras' InceptionResNetV2");
    }
}

constexpr const char *untrainedRemark =
    "The weights are untrained: all batch normalizations are as Keras makes them. What the network answers "
    "means nothing.";

} // namespace

struct WeightFile::Impl
{
    ModelContainer container;
    std::string name;
    StoredNetwork network;
    LayerRoles roles;
    Description description;
    ModelInfo info;

    Impl(ModelContainer opened, const std::string &fileName)
        : container(std::move(opened)), name(fileName), network(readKerasLayers(container.file, name)),
          roles(assignRoles(network, name))
    {
        std::optional<ModelConfig> config;
        if (container.config.empty())
            container.origin.format = network.legacy ? ModelFormat::LegacyWeights : ModelFormat::Weights;
        else
            config = parseModelConfig(container.config, name);
        assignHead(roles, network, config, name);
        description = describe(deriveArchitecture(roles, name));
        if (config)
            checkScales(config->residualScales, description, name);
        hsize_t size = 0;
        H5Fget_filesize(container.file.get(), &size);
        checkWeights(description, roles, size, name);
        info = readInfo(container.file, config ? config->inputSize : 0, description, name);
        info.untrained = isUntrained();
        if (info.untrained)
            info.about += std::string(info.about.empty() ? "" : " ") + untrainedRemark;
        if (!config)
            info.assumed = assumptionsAbout(description.architecture);
        if (info.about.empty() && !container.origin.kerasVersion.empty())
            info.about = "Saved by Keras " + container.origin.kerasVersion + ".";
        if (!info.assumed.empty())
            info.about += (info.about.empty() ? "" : " ") + info.assumed;
    }

    /// Reads on only as long as it is.
    bool isUntrained() const
    {
        bool anyNormalization = false;
        for (const Node &node : description.nodes) {
            if (!node.batchNormalization)
                continue;
            NormalizationWeights weights;
            try {
                read(roles.of(node).normalization, weights);
            } catch (const Error &) {
                // Whoever reads the layer in earnest will hear of it.
                return false;
            }
            const auto isAll = [](const std::vector<float> &values, float expected) {
                return std::ranges::all_of(values, [&](float value) { return value == expected; });
            };
            if (!isAll(weights.mean, 0) || !isAll(weights.variance, 1) || !isAll(weights.beta, 0))
                return false;
            anyNormalization = true;
        }
        return anyNormalization;
    }

    void read(const StoredLayer *layer, NormalizationWeights &weights) const
    {
        read(layer, "gamma", weights.gamma);
        read(layer, "beta", weights.beta);
        read(layer, "moving_mean", weights.mean);
        read(layer, "moving_variance", weights.variance);
        if (std::ranges::any_of(weights.variance, [](float value) { return value < 0; }))
            throw Error(ErrorKind::Damaged,
                        layer->name + " in " + name + ": moving_variance holds a negative value");
    }

    /// Reads one weight of a layer; empty if the layer has none of this name.
    void read(const StoredLayer *layer, const char *weightName, std::vector<float> &values) const
    {
        const StoredWeight *weight = layer ? layer->find(weightName) : nullptr;
        if (!weight) {
            values.clear();
            return;
        }
        values.resize(std::accumulate(weight->dimensions.begin(), weight->dimensions.end(), std::size_t(1),
                                      std::multiplies<std::size_t>()));
        const std::string where = layer->name + " in " + name + ": " + weightName;
        if (H5Dread(weight->dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) <
            0)
            throw Error(ErrorKind::Damaged, where + " cannot be read (" + hdf5::lastFailure().reason + ")");
        if (!allFinite(values.data(), values.size()))
            throw Error(ErrorKind::Damaged, where + " holds a value that is not finite");
    }
};

WeightFile::WeightFile(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
WeightFile::WeightFile(WeightFile &&) noexcept = default;
WeightFile &WeightFile::operator=(WeightFile &&) noexcept = default;
WeightFile::~WeightFile() = default;

WeightFile WeightFile::open(const std::filesystem::path &file)
{
    const hdf5::QuietErrors quiet;
    WeightFile result(std::make_unique<Impl>(openModel(file), file.filename().string()));
    result.m_impl->info.path = file.string();
    return result;
}

WeightFile WeightFile::openMemory(std::span<const std::byte> bytes, const std::string &name)
{
    const hdf5::QuietErrors quiet;
    return WeightFile(std::make_unique<Impl>(openModel(bytes, name), name));
}

const Description &WeightFile::description() const
{
    return m_impl->description;
}

const ModelInfo &WeightFile::info() const
{
    return m_impl->info;
}

const Origin &WeightFile::origin() const
{
    return m_impl->container.origin;
}

void WeightFile::read(int node, LayerWeights &weights) const
{
    const hdf5::QuietErrors quiet;
    const NodeLayers layers = m_impl->roles.of(m_impl->description.nodes[std::size_t(node)]);
    weights.name = layers.layer->name;
    m_impl->read(layers.layer, "kernel", weights.kernel);
    m_impl->read(layers.layer, "bias", weights.bias);
    m_impl->read(layers.normalization, weights);
    m_impl->read(layers.inputNormalization, weights.input);
}

} // namespace reslens
