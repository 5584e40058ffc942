// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/model_container.h"

#include "engine/error.h"
#include "engine/weights/archive.h"
#include "engine/weights/hdf5_read.h"

#include <nlohmann/json.hpp>

#include <array>
#include <fstream>

namespace reslens {

namespace {

constexpr const char *weightsEntry = "model.weights.h5";
constexpr const char *configEntry = "config.json";
constexpr const char *metadataEntry = "metadata.json";

std::string readText(const Archive &archive, const char *entry)
{
    // Those of Keras have less than one.
    constexpr std::uint64_t most = std::uint64_t(16) << 20;
    const std::vector<std::byte> bytes = archive.read(entry, most);
    return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
}

/// Empty if the value is not an object with a text of this name.
std::string textOf(const nlohmann::json &object, const char *name)
{
    const auto found = object.is_object() ? object.find(name) : object.end();
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

ModelContainer readArchive(const Archive &archive, const std::string &name)
{
    for (const char *entry : {configEntry, weightsEntry})
        if (!archive.contains(entry))
            throw Error(ErrorKind::NotAModel,
                        name + " is a zip archive without " + entry + "; expected a Keras model (.keras)");
    ModelContainer model;
    model.config = readText(archive, configEntry);
    model.origin.format = ModelFormat::Archive;
    if (archive.contains(metadataEntry)) {
        const auto metadata = nlohmann::json::parse(readText(archive, metadataEntry), nullptr, false);
        model.origin.kerasVersion = textOf(metadata, "keras_version");
        model.origin.saved = textOf(metadata, "date_saved");
    }
    model.bytes = archive.read(weightsEntry);
    model.file = hdf5::openMemory(model.bytes, std::string(weightsEntry) + " in " + name);
    return model;
}

/// The attribute's text; empty if there is none.
std::string readText(const hdf5::File &file, const char *attribute, const std::string &name)
{
    const auto strings = hdf5::readStrings(file.get(), attribute, name);
    return strings && !strings->empty() ? strings->front() : std::string();
}

ModelContainer readFile(hdf5::File file, const std::string &name)
{
    ModelContainer model;
    model.file = std::move(file);
    model.config = readText(model.file, "model_config", name);
    model.origin = {.format = ModelFormat::WholeModel,
                    .program = readText(model.file, "reslens_program", name),
                    .kerasVersion = readText(model.file, "keras_version", name),
                    .backend = readText(model.file, "backend", name),
                    .saved = {}};
    return model;
}

bool isArchiveFile(const std::filesystem::path &path)
{
    std::array<std::byte, 4> start{};
    std::ifstream file(path, std::ios::binary);
    return file.read(reinterpret_cast<char *>(start.data()), start.size()) && Archive::isArchive(start);
}

} // namespace

ModelContainer openModel(const std::filesystem::path &path)
{
    std::error_code code;
    const std::string name = path.filename().string();
    if (std::filesystem::is_regular_file(path, code) && isArchiveFile(path))
        return readArchive(Archive::open(path), name);
    return readFile(hdf5::openFile(path), name);
}

ModelContainer openModel(std::span<const std::byte> bytes, const std::string &name)
{
    if (Archive::isArchive(bytes))
        return readArchive(Archive::openMemory(bytes, name), name);
    return readFile(hdf5::openMemory(bytes, name), name);
}

} // namespace reslens
