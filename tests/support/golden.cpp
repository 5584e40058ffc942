// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/golden.h"

#include "engine/weights/hdf5_handle.h"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace reslens::test {

namespace {

hid_t check(hid_t result, const std::string &what)
{
    if (result < 0)
        throw std::runtime_error("HDF5 could not read " + what);
    return result;
}

std::vector<std::string> linkNames(hid_t group)
{
    H5G_info_t info;
    check(H5Gget_info(group, &info), "a group");
    std::vector<std::string> names;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
        std::array<char, 128> name{};
        check(H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, i, name.data(), name.size(),
                                 H5P_DEFAULT),
              "a link");
        names.emplace_back(name.data());
    }
    return names;
}

Tensor readTensor(hid_t parent, const std::string &name)
{
    const hdf5::Dataset dataset(check(H5Dopen2(parent, name.c_str(), H5P_DEFAULT), name));
    const hdf5::Dataspace space(check(H5Dget_space(dataset.get()), name));
    if (H5Sget_simple_extent_ndims(space.get()) != 3)
        throw std::runtime_error(name + " is not height × width × channels");
    std::array<hsize_t, 3> extents{};
    H5Sget_simple_extent_dims(space.get(), extents.data(), nullptr);
    Tensor tensor(Shape{int(extents[0]), int(extents[1]), int(extents[2])});
    check(H5Dread(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, tensor.data()), name);
    return tensor;
}

/// The picture, stored in 8 bits.
Tensor readInput(const hdf5::File &file)
{
    Tensor input = readTensor(file.get(), "input");
    for (float &value : input.values())
        value = float(double(value) / 127.5 - 1.0);
    return input;
}

/// Every dataset BLOCK/TENSOR below a group, by that address.
std::map<std::string, Tensor> readTensors(hid_t parent)
{
    std::map<std::string, Tensor> tensors;
    for (const std::string &block : linkNames(parent)) {
        if (block == "input")
            continue;
        const hdf5::Group group(check(H5Gopen2(parent, block.c_str(), H5P_DEFAULT), block));
        for (const std::string &tensor : linkNames(group.get()))
            tensors.emplace(block + "/" + tensor, readTensor(group.get(), tensor));
    }
    return tensors;
}

} // namespace

Golden readGolden(const std::filesystem::path &path)
{
    const hdf5::File file(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path.string()));
    return {.input = readInput(file), .tensors = readTensors(file.get())};
}

void copyWithInputSize(const std::filesystem::path &from, const std::filesystem::path &to, int inputSize)
{
    std::filesystem::copy_file(from, to);
    const hdf5::File file(check(H5Fopen(to.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), to.string()));
    const hdf5::Dataspace space(check(H5Screate(H5S_SCALAR), "a scalar"));
    const hdf5::Attribute attribute(check(
        H5Acreate2(file.get(), "reslens_input_size", H5T_NATIVE_INT, space.get(), H5P_DEFAULT, H5P_DEFAULT),
        "reslens_input_size"));
    check(H5Awrite(attribute.get(), H5T_NATIVE_INT, &inputSize), "reslens_input_size");
}

std::map<std::string, Tensor> readTensors(const std::filesystem::path &path)
{
    return readTensors(
        hdf5::File(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path.string())).get());
}

Golden readGradients(const std::filesystem::path &path, const std::string &group)
{
    const hdf5::File file(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), path.string()));
    const hdf5::Group gradients(check(H5Gopen2(file.get(), group.c_str(), H5P_DEFAULT), group));
    return {.input = readInput(file), .tensors = readTensors(gradients.get())};
}

double relativeError(const Tensor &actual, const Tensor &expected)
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    if (actual.shape() != expected.shape())
        return infinity;
    double difference = 0;
    double norm = 0;
    for (std::size_t i = 0; i < expected.values().size(); ++i) {
        const double value = expected.values()[i];
        difference += std::pow(double(actual.values()[i]) - value, 2);
        norm += value * value;
    }
    const double error = std::sqrt(difference / norm);
    return std::isfinite(error) ? error : infinity;
}

} // namespace reslens::test
