// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/keras_file_writer.h"

#include "engine/description.h"
#include "engine/weights/hdf5_handle.h"
#include "tests/support/hdf5_file.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numeric>
#include <random>
#include <stdexcept>

namespace reslens::test {

namespace {

using hdf5::PropertyList;

template <typename Items>
auto &findByName(Items &items, const std::string &name)
{
    const auto found = std::ranges::find(items, name, [](const auto &item) { return item.name; });
    if (found == items.end())
        throw std::out_of_range("no " + name);
    return *found;
}

hid_t check(hid_t result)
{
    if (result < 0)
        throw std::runtime_error("HDF5 could not write: " + hdf5::lastFailure().reason);
    return result;
}

/// HDF5 1.10 halves a value that rounds up to a power of two when it narrows floats, so leave it nothing to
/// round.
float cutToHalf(float value)
{
    constexpr std::uint32_t signExponentAndTenBits = 0xffffe000;
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) & signExponentAndTenBits);
}

class RandomLayers
{
public:
    RandomLayers(const Description &description, const KerasOptions &options)
        : m_description(description), m_options(options), m_random(options.seed)
    {
    }

    KerasNetwork make()
    {
        for (std::size_t index = 0; index < m_description.nodes.size(); ++index)
            append(m_description.nodes[index], int(index));
        return std::move(m_network);
    }

private:
    void append(const Node &node, int index)
    {
        if (!node.hasWeights()) {
            if (node.operation != Operation::Input)
                m_network.layers.push_back({"activation_" + std::to_string(index), {}});
            return;
        }
        const std::string name = node.layerName.empty()
                                     ? numbered("conv2d", m_options.firstConvolution + node.creationIndex)
                                     : node.layerName;
        KerasLayer layer{name, {kernel(node, index)}};
        if (!node.batchNormalization)
            layer.weights.push_back(vector("bias", node.filters, 0.0F, 0.1F));
        m_network.layers.push_back(std::move(layer));
        if (node.batchNormalization)
            m_network.layers.push_back(normalization(node));
    }

    KerasLayer normalization(const Node &node)
    {
        const std::string name =
            node.layerName.empty()
                ? numbered(m_options.normalizationStem, m_options.firstNormalization + node.creationIndex)
                : node.layerName + "_bn";
        KerasLayer layer{name, {}};
        if (m_options.gamma)
            layer.weights.push_back(vector("gamma", node.filters, 1.0F, 0.1F));
        layer.weights.push_back(vector("beta", node.filters, 0.0F, 0.1F));
        layer.weights.push_back(vector("moving_mean", node.filters, 0.0F, 0.1F));
        KerasWeight variance = vector("moving_variance", node.filters, 1.0F, 0.1F);
        for (float &value : variance.values)
            value = std::max(value, 0.5F);
        layer.weights.push_back(std::move(variance));
        return layer;
    }

    KerasWeight kernel(const Node &node, int index)
    {
        const auto inputs = std::size_t(inputChannels(m_description, index));
        const auto filters = std::size_t(node.filters);
        std::vector<std::size_t> dimensions{inputs, filters};
        if (node.operation == Operation::Convolution)
            dimensions.insert(dimensions.begin(),
                              {std::size_t(node.kernelHeight), std::size_t(node.kernelWidth)});
        const std::size_t count =
            std::accumulate(dimensions.begin(), dimensions.end(), std::size_t(1), std::multiplies<>());
        const float gain = node.relu ? 2.0F : 1.0F;
        return {"kernel", dimensions, normal(count, 0.0F, std::sqrt(gain * float(filters) / float(count)))};
    }

    KerasWeight vector(const std::string &name, int count, float mean, float deviation)
    {
        return {name, {std::size_t(count)}, normal(std::size_t(count), mean, deviation)};
    }

    std::vector<float> normal(std::size_t count, float mean, float deviation)
    {
        std::normal_distribution<float> distribution(mean, deviation);
        std::vector<float> values(count);
        std::ranges::generate(values, [&] { return distribution(m_random); });
        return values;
    }

    static std::string numbered(const std::string &stem, int number)
    {
        return number == 0 ? stem : stem + "_" + std::to_string(number);
    }

    const Description &m_description;
    const KerasOptions &m_options;
    std::mt19937 m_random;
    KerasNetwork m_network;
};

class Writer
{
public:
    Writer(const std::filesystem::path &path, const FileOptions &options)
        : m_options(options), m_file(createHdf5File(path))
    {
    }

    void write(const KerasNetwork &network)
    {
        const hdf5::Group group =
            m_options.wholeModel ? createGroup(m_file.get(), "model_weights") : openRoot();
        std::vector<std::string> names;
        if (m_options.nested) {
            names = {"inception_resnet_v2"};
            writeLayers(createGroup(group.get(), names.front()), network.layers);
        } else {
            for (const KerasLayer &layer : network.layers) {
                names.push_back(layer.name);
                writeLayers(createGroup(group.get(), layer.name), {layer});
            }
        }
        writeStrings(group.get(), "layer_names", names);
        writeAttributes();
    }

private:
    hdf5::Group openRoot() const { return hdf5::Group(check(H5Gopen2(m_file.get(), "/", H5P_DEFAULT))); }

    static hdf5::Group createGroup(hid_t parent, const std::string &name)
    {
        return hdf5::Group(check(H5Gcreate2(parent, name.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)));
    }

    void writeAttributes() const
    {
        if (m_options.inputSize != 0)
            writeInteger("reslens_input_size", m_options.inputSize);
        for (const auto &[name, strings] :
             {std::pair{"reslens_class_names", m_options.classNames}, {"reslens_wnids", m_options.wnids}})
            if (!strings.empty())
                writeStrings(m_file.get(), name, strings);
        if (!m_options.about.empty())
            writeStrings(m_file.get(), "reslens_about", {m_options.about});
    }

    void writeLayers(const hdf5::Group &group, const std::vector<KerasLayer> &layers) const
    {
        std::vector<std::string> names;
        for (const KerasLayer &layer : layers)
            for (const KerasWeight &weight : layer.weights) {
                names.push_back(layer.name + "/" + weight.name + (m_options.colonZero ? ":0" : ""));
                writeDataset(group, names.back(), weight);
            }
        writeStrings(group.get(), "weight_names", names);
    }

    void writeDataset(const hdf5::Group &group, const std::string &name, const KerasWeight &weight) const
    {
        const std::vector<hsize_t> dimensions(weight.dimensions.begin(), weight.dimensions.end());
        const hdf5::Dataspace space(
            check(H5Screate_simple(int(dimensions.size()), dimensions.data(), nullptr)));
        const PropertyList links(check(H5Pcreate(H5P_LINK_CREATE)));
        check(H5Pset_create_intermediate_group(links.get(), 1));
        const PropertyList storage(check(H5Pcreate(H5P_DATASET_CREATE)));
        if (m_options.gzip || m_options.withoutValues)
            check(H5Pset_chunk(storage.get(), int(dimensions.size()), dimensions.data()));
        if (m_options.gzip) {
            check(H5Pset_shuffle(storage.get()));
            check(H5Pset_deflate(storage.get(), 4));
        }
        const hdf5::Datatype type = fileType();
        const hdf5::Dataset dataset(check(H5Dcreate2(group.get(), name.c_str(), type.get(), space.get(),
                                                     links.get(), storage.get(), H5P_DEFAULT)));
        if (m_options.withoutValues)
            return;
        std::vector<float> values = weight.values;
        if (m_options.type == NumberType::Float16)
            std::ranges::transform(values, values.begin(), cutToHalf);
        check(H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    }

    hdf5::Datatype fileType() const
    {
        switch (m_options.type) {
        case NumberType::Float32:
            return hdf5::Datatype(check(H5Tcopy(H5T_IEEE_F32LE)));
        case NumberType::Float64:
            return hdf5::Datatype(check(H5Tcopy(H5T_IEEE_F64LE)));
        case NumberType::Integer:
            return hdf5::Datatype(check(H5Tcopy(H5T_STD_I32LE)));
        case NumberType::Float16:
            break;
        }
        hdf5::Datatype half(check(H5Tcopy(H5T_IEEE_F32LE)));
        check(H5Tset_fields(half.get(), 15, 10, 5, 0, 10));
        check(H5Tset_size(half.get(), 2));
        check(H5Tset_ebias(half.get(), 15));
        return half;
    }

    void writeInteger(const char *name, int value) const
    {
        const hdf5::Dataspace space(check(H5Screate(H5S_SCALAR)));
        const hdf5::Attribute attribute(
            check(H5Acreate2(m_file.get(), name, H5T_STD_I64LE, space.get(), H5P_DEFAULT, H5P_DEFAULT)));
        check(H5Awrite(attribute.get(), H5T_NATIVE_INT, &value));
    }

    void writeStrings(hid_t object, const std::string &name, const std::vector<std::string> &strings) const
    {
        if (!m_options.splitAttributes || strings.size() < 2) {
            writeStringArray(object, name, strings);
            return;
        }
        constexpr std::size_t partLength = 100;
        for (std::size_t start = 0, part = 0; start < strings.size(); start += partLength, ++part) {
            const std::size_t end = std::min(start + partLength, strings.size());
            writeStringArray(
                object, name + std::to_string(part),
                {strings.begin() + std::ptrdiff_t(start), strings.begin() + std::ptrdiff_t(end)});
        }
    }

    void writeStringArray(hid_t object, const std::string &name,
                          const std::vector<std::string> &strings) const
    {
        const hsize_t count = strings.size();
        const hdf5::Dataspace space(check(H5Screate_simple(1, &count, nullptr)));
        // What h5py makes of an empty Python list.
        const hdf5::Datatype type(check(H5Tcopy(strings.empty() ? H5T_IEEE_F64LE : H5T_C_S1)));
        std::size_t width = 1;
        for (const std::string &text : strings)
            width = std::max(width, text.size());
        if (!strings.empty())
            check(H5Tset_size(type.get(), m_options.variableStrings ? H5T_VARIABLE : width));
        if (!strings.empty() && !m_options.variableStrings)
            check(H5Tset_strpad(type.get(), H5T_STR_NULLPAD));
        const hdf5::Attribute attribute(
            check(H5Acreate2(object, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT)));
        if (strings.empty())
            return;
        std::vector<const char *> pointers;
        std::string bytes;
        for (const std::string &text : strings) {
            pointers.push_back(text.c_str());
            bytes += text + std::string(width - text.size(), '\0');
        }
        const void *data = bytes.data();
        if (m_options.variableStrings)
            data = pointers.data();
        check(H5Awrite(attribute.get(), type.get(), data));
    }

    const FileOptions &m_options;
    hdf5::File m_file;
};

} // namespace

KerasWeight &KerasLayer::weight(const std::string &weightName)
{
    return findByName(weights, weightName);
}

KerasLayer &KerasNetwork::layer(const std::string &name)
{
    return findByName(layers, name);
}

void KerasNetwork::remove(const std::string &name)
{
    std::erase_if(layers, [&](const KerasLayer &layer) { return layer.name == name; });
}

void KerasNetwork::shuffle(unsigned seed)
{
    std::ranges::shuffle(layers, std::mt19937(seed));
}

KerasNetwork randomNetwork(const Architecture &architecture, const KerasOptions &options)
{
    const Description description = describe(architecture);
    return RandomLayers(description, options).make();
}

void writeKerasFile(const std::filesystem::path &path, const KerasNetwork &network,
                    const FileOptions &options)
{
    Writer(path, options).write(network);
}

void removeLink(const std::filesystem::path &path, const std::string &link)
{
    const hdf5::File file(check(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)));
    check(H5Ldelete(file.get(), link.c_str(), H5P_DEFAULT));
}

void resizeWeight(const std::filesystem::path &path, const std::string &link,
                  const std::vector<std::size_t> &dimensions)
{
    removeLink(path, link);
    const hdf5::File file(check(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)));
    const std::vector<hsize_t> extents(dimensions.begin(), dimensions.end());
    const hdf5::Dataspace space(check(H5Screate_simple(int(extents.size()), extents.data(), nullptr)));
    const hdf5::Dataset dataset(check(H5Dcreate2(file.get(), link.c_str(), H5T_IEEE_F32LE, space.get(),
                                                 H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)));
    const std::vector<float> values(
        std::accumulate(dimensions.begin(), dimensions.end(), std::size_t(1), std::multiplies<>()), 0.5F);
    check(H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
}

void storeOneValue(const std::filesystem::path &path, const std::string &link)
{
    const hdf5::File file(check(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)));
    const hdf5::Dataspace space(
        check(H5Dget_space(hdf5::Dataset(check(H5Dopen2(file.get(), link.c_str(), H5P_DEFAULT))).get())));
    check(H5Ldelete(file.get(), link.c_str(), H5P_DEFAULT));
    const std::vector<hsize_t> one(std::size_t(H5Sget_simple_extent_ndims(space.get())), 1);
    const std::vector<hsize_t> first(one.size(), 0);
    const PropertyList storage(check(H5Pcreate(H5P_DATASET_CREATE)));
    check(H5Pset_chunk(storage.get(), int(one.size()), one.data()));
    const hdf5::Dataset dataset(check(H5Dcreate2(file.get(), link.c_str(), H5T_IEEE_F32LE, space.get(),
                                                 H5P_DEFAULT, storage.get(), H5P_DEFAULT)));
    const hdf5::Dataspace single(check(H5Screate_simple(int(one.size()), one.data(), nullptr)));
    check(H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, first.data(), nullptr, one.data(), nullptr));
    const float value = 0.5F;
    check(H5Dwrite(dataset.get(), H5T_NATIVE_FLOAT, single.get(), space.get(), H5P_DEFAULT, &value));
}

void writeManyNames(const std::filesystem::path &path, int depth, int links)
{
    const hdf5::File file = createHdf5File(path);
    std::string model;
    for (int level = 0; level < depth; ++level) {
        model += "/layers";
        const std::string first = model + "/functional";
        for (const std::string &group : {model, first})
            hdf5::Group(check(H5Gcreate2(file.get(), group.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT)));
        for (int link = 1; link < links; ++link)
            check(H5Lcreate_hard(file.get(), first.c_str(), file.get(),
                                 (first + "_" + std::to_string(link)).c_str(), H5P_DEFAULT, H5P_DEFAULT));
        model = first;
    }
}

} // namespace reslens::test
