// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/keras3_layers.h"

#include "engine/error.h"
#include "engine/report.h"
#include "engine/weights/hdf5_read.h"
#include "engine/weights/keras_order.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace reslens {

namespace {

/// Weights in the order in which layers of a class save them. The last of a batch normalization are always
/// there, its scale and centre may be missing.
constexpr std::array kernelAndBias{"kernel", "bias"};
constexpr std::array normalizationWeights{"gamma", "beta", "moving_mean", "moving_variance"};

/// Transfer learning nests one model in another, and few nest that again.
constexpr int deepestNesting = 8;

/// Far more than any model has layers. In a damaged file many links can lead to the same group, and at each
/// depth anew.
constexpr int mostGroups = 100'000;

/// "batch_normalization_7": the eighth layer of its class.
struct GroupName
{
    std::string stem;
    unsigned number = 0;

    auto operator<=>(const GroupName &) const = default; // NOLINT(modernize-use-nullptr): clang-tidy 14 errs
};

GroupName parseGroupName(const std::string &name)
{
    const std::size_t underscore = name.rfind('_');
    if (underscore == std::string::npos)
        return {name};
    GroupName result{name.substr(0, underscore)};
    const char *end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + underscore + 1, end, result.number);
    return error == std::errc() && stop == end ? result : GroupName{name};
}

std::string weightName(const std::string &stem, std::size_t index, std::size_t count)
{
    if ((stem == "conv2d" || stem == "dense") && index < kernelAndBias.size())
        return kernelAndBias[index];
    if (stem == "batch_normalization" && count <= normalizationWeights.size())
        return normalizationWeights[normalizationWeights.size() - count + index];
    return std::to_string(index);
}

/// Nothing if there is none of this name. Throws Error(Damaged); `where` names the parent in the message.
hdf5::Group openGroup(const hdf5::Group &parent, const std::string &name, const std::string &where)
{
    if (!hdf5::hasLink(parent.get(), name, where))
        return {};
    hdf5::Group group(H5Gopen2(parent.get(), name.c_str(), H5P_DEFAULT));
    if (!group)
        throw Error(ErrorKind::Damaged,
                    name + " in " + where + " cannot be read (" + hdf5::lastFailure().reason + ")");
    return group;
}

/// The group that holds a model's layers; TensorFlow 2.12 has another name for it.
hdf5::Group openLayers(const hdf5::Group &model, const std::string &where)
{
    hdf5::Group layers = openGroup(model, "layers", where);
    return layers ? std::move(layers) : openGroup(model, "_layer_checkpoint_dependencies", where);
}

class Reader
{
public:
    explicit Reader(const std::string &fileName) : m_fileName(fileName) {}

    /// `depth`: how many models the layers are nested in. A damaged file's links can lead back to themselves.
    void readModel(const hdf5::Group &layers, const std::string &parent, int depth = 0)
    {
        if (depth > deepestNesting)
            throw Error(ErrorKind::Damaged, m_fileName + " has models nested more than " +
                                                std::to_string(deepestNesting) +
                                                " deep, or groups that contain themselves");
        std::map<GroupName, std::string> names;
        for (std::string &name : hdf5::linkNames(layers, m_fileName))
            names.emplace(parseGroupName(name), std::move(name));
        for (const auto &[parsed, name] : names) {
            if (++m_groups > mostGroups)
                throw Error(ErrorKind::Damaged, m_fileName + " has more than " + formatCount(mostGroups) +
                                                    " layers, or groups that it lists many times");
            const hdf5::Group group = openGroup(layers, name, m_fileName);
            const std::string where = name + " in " + m_fileName;
            network.layerNames.push_back(name);
            if (const hdf5::Group variables = openGroup(group, "vars", where))
                readLayer(variables, parsed.stem, name, parent);
            if (const hdf5::Group nested = openLayers(group, where))
                readModel(nested, parent + "/" + name, depth + 1);
        }
    }

    StoredNetwork network{.layers = {}, .layerNames = {}, .inModelOrder = false};
    bool named = true;

private:
    void readLayer(const hdf5::Group &variables, const std::string &stem, const std::string &groupName,
                   const std::string &parent)
    {
        const std::size_t count = hdf5::linkNames(variables, groupName + " in " + m_fileName).size();
        if (count == 0)
            return;
        const auto names = hdf5::readStrings(variables.get(), "name", groupName + " in " + m_fileName);
        named = named && names && names->size() == 1;
        StoredLayer layer{named ? names->front() : groupName, {}, parent};
        for (std::size_t index = 0; index < count; ++index) {
            const std::string number = std::to_string(index);
            hdf5::Dataset dataset(H5Dopen2(variables.get(), number.c_str(), H5P_DEFAULT));
            if (!dataset)
                throw Error(ErrorKind::Damaged, groupName + "/vars/" + number + " in " + m_fileName +
                                                    " cannot be read (" + hdf5::lastFailure().reason + ")");
            hdf5::requireOwnValues(dataset, groupName + "/vars/" + number + " in " + m_fileName);
            std::vector<hsize_t> dimensions = hdf5::dimensions(dataset);
            layer.weights.push_back(
                {weightName(stem, index, count), std::move(dimensions), std::move(dataset)});
        }
        network.layers.push_back(std::move(layer));
    }

    const std::string &m_fileName;
    int m_groups = 0; ///< visited
};

bool isConvolution(const StoredLayer &layer)
{
    const StoredWeight *kernel = layer.find("kernel");
    return kernel && kernel->dimensions.size() == 4;
}

/// Gives the layers of the model `parent` the names that their places in Keras' order tell.
class Namer
{
public:
    Namer(StoredNetwork &network, const std::string &parent, const std::string &fileName)
    {
        for (StoredLayer &layer : network.layers) {
            if (layer.parent != parent)
                continue;
            if (isConvolution(layer))
                m_convolutions.push_back(&layer);
            else if (layer.find("moving_variance"))
                m_normalizations.push_back(&layer);
        }
        nameFrom(describe(architecture(fileName)), fileName);
    }

private:
    static bool hasKernel(const StoredLayer *layer, hsize_t height, hsize_t width)
    {
        const std::vector<hsize_t> &dimensions = layer->find("kernel")->dimensions;
        return dimensions[0] == height && dimensions[1] == width;
    }

    /// How many blocks there are of each kind shows in the convolutions that only one kind has.
    Architecture architecture(const std::string &fileName) const
    {
        const auto count = [&](auto predicate) {
            return int(std::ranges::count_if(m_convolutions, predicate));
        };
        const int block17 = count([](const StoredLayer *layer) { return hasKernel(layer, 1, 7); });
        const int block8 = count([](const StoredLayer *layer) { return hasKernel(layer, 1, 3); });
        const int residual = count([](const StoredLayer *layer) { return layer->find("bias") != nullptr; });
        const int block35 = std::max(0, residual - block17 - block8);
        const int expected = Architecture::filterCount(block35, block17, block8) + residual;
        if (expected == int(m_convolutions.size()))
            return Architecture::standard(1, block35, block17, block8, 0);
        constexpr int residualPublished = 40;
        const int published = Architecture::filterCount(10, 20, 10) + residualPublished;
        const std::string found = " has " + std::to_string(m_convolutions.size()) + " convolutions";
        if (residual == 0 || block17 + block8 == 0)
            throw Error(ErrorKind::NotAModel, fileName + " is not an Inception-ResNet-v2: it" + found +
                                                  ", but not those of residual blocks; expected " +
                                                  std::to_string(published) +
                                                  " for 10 + 20 + 10 residual blocks");
        throw Error(ErrorKind::MissingLayer, fileName + found + ", expected " + std::to_string(expected) +
                                                 " for " + std::to_string(block35) + " + " +
                                                 std::to_string(block17) + " + " + std::to_string(block8) +
                                                 " residual blocks");
    }

    void nameFrom(const Description &description, const std::string &fileName)
    {
        const KerasOrder order = kerasOrder(description);
        if (m_normalizations.size() < order.normalizations.size())
            throw Error(ErrorKind::MissingLayer,
                        fileName + " has " + std::to_string(m_normalizations.size()) +
                            " batch normalizations, expected " + std::to_string(order.normalizations.size()));
        const auto numbered = [](const std::string &stem, int number) {
            return number == 0 ? stem : stem + "_" + std::to_string(number);
        };
        for (std::size_t i = 0; i < order.convolutions.size(); ++i) {
            const Node &node = description.nodes[std::size_t(order.convolutions[i])];
            m_convolutions[i]->name =
                node.layerName.empty() ? numbered("conv2d", node.creationIndex) : node.layerName;
        }
        for (std::size_t i = 0; i < order.normalizations.size(); ++i) {
            const Node &node = description.nodes[std::size_t(order.normalizations[i])];
            m_normalizations[i]->name = node.layerName.empty()
                                            ? numbered("batch_normalization", node.creationIndex)
                                            : node.layerName + "_bn";
        }
    }

    std::vector<StoredLayer *> m_convolutions;
    std::vector<StoredLayer *> m_normalizations;
};

} // namespace

std::optional<StoredNetwork> readKeras3Layers(const hdf5::File &file, const std::string &fileName)
{
    const hdf5::Group root(H5Gopen2(file.get(), "/", H5P_DEFAULT));
    // A layer of the legacy layout may be called "layers" too.
    if (!root || H5Aexists(root.get(), "layer_names") > 0 || H5Aexists(root.get(), "layer_names0") > 0)
        return std::nullopt;
    const hdf5::Group layers = openLayers(root, fileName);
    if (!layers)
        return std::nullopt;
    Reader reader(fileName);
    reader.readModel(layers, "");
    StoredNetwork &network = reader.network;
    const auto first = std::ranges::find_if(network.layers, isConvolution);
    if (!reader.named && first != network.layers.end())
        Namer(network, std::string(first->parent), fileName);
    return std::move(network);
}

} // namespace reslens
