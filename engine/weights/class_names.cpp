// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/class_names.h"

#include "engine/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <set>

namespace reslens {

namespace {

using Json = nlohmann::json;

constexpr std::uintmax_t sizeLimit = 16 << 20;

std::string readText(const std::filesystem::path &file)
{
    std::error_code code;
    if (!std::filesystem::exists(file, code))
        throw Error(ErrorKind::FileMissing, "There is no file " + file.string());
    if (!std::filesystem::is_regular_file(file, code))
        throw Error(ErrorKind::FileUnreadable, file.string() + " is not a file of class names");
    if (std::filesystem::file_size(file, code) > sizeLimit)
        throw Error(ErrorKind::Damaged,
                    file.filename().string() +
                        " is too large for a file of class names; expected 16 MiB at most");
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream)
        throw Error(ErrorKind::FileUnreadable, file.string() + " cannot be read: " + std::strerror(errno));
    if (text.find('\0') != std::string::npos)
        throw Error(ErrorKind::Damaged,
                    file.filename().string() + " is not UTF-8 text; expected class names");
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    return text.starts_with(byteOrderMark) ? text.substr(byteOrderMark.size()) : text;
}

bool isUtf8(const std::string &text)
{
    try {
        static_cast<void>(Json(text).dump());
        return true;
    } catch (const Json::type_error &) {
        return false;
    }
}

std::vector<ClassLabel> parseLines(const std::string &text, const std::string &fileName)
{
    constexpr const char *blanks = " \t\r\n";
    std::vector<ClassLabel> labels;
    const std::size_t end = text.find_last_not_of(blanks);
    for (std::size_t start = 0; end != std::string::npos && start <= end;) {
        const std::size_t stop = std::min(text.find('\n', start), end + 1);
        const std::string line = text.substr(start, stop - start);
        const std::size_t first = line.find_first_not_of(blanks);
        if (first == std::string::npos)
            throw Error(ErrorKind::Damaged, "Line " + std::to_string(labels.size() + 1) + " of " + fileName +
                                                " is empty; expected the name of a class");
        if (!isUtf8(line))
            throw Error(ErrorKind::Damaged, "Line " + std::to_string(labels.size() + 1) + " of " + fileName +
                                                " is not UTF-8 text; expected the name of a class");
        labels.push_back({"", line.substr(first, line.find_last_not_of(blanks) - first + 1)});
        start = stop + 1;
    }
    return labels;
}

ClassLabel toLabel(const Json &entry)
{
    if (entry.is_array() && entry.size() == 2)
        return {entry[0].get<std::string>(), entry[1].get<std::string>()};
    return {"", entry.get<std::string>()};
}

int toIndex(const std::string &key)
{
    int index = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    return error == std::errc() && end == key.data() + key.size() ? index : -1;
}

/// The labels of {"0": name} or {name: 0}, by their index.
std::vector<ClassLabel> fromObject(const Json &object, const std::string &fileName)
{
    std::vector<ClassLabel> labels(object.size());
    std::set<std::int64_t> seen;
    for (const auto &[key, value] : object.items()) {
        const bool byName = value.is_number_integer();
        const std::int64_t index = byName ? value.get<std::int64_t>() : toIndex(key);
        if (index < 0 || index >= std::int64_t(labels.size()) || !seen.insert(index).second)
            throw Error(ErrorKind::Damaged, "The entry \"" + key + "\" of " + fileName +
                                                " has no index of its own from 0 to " +
                                                std::to_string(labels.size() - 1));
        labels[std::size_t(index)] = byName ? ClassLabel{"", key} : toLabel(value);
    }
    return labels;
}

std::vector<ClassLabel> parseJson(const std::string &text, const std::string &fileName)
{
    try {
        const Json json = Json::parse(text);
        if (json.is_object())
            return fromObject(json, fileName);
        std::vector<ClassLabel> labels;
        for (const Json &entry : json.get<Json::array_t>())
            labels.push_back(toLabel(entry));
        return labels;
    } catch (const Json::exception &error) {
        throw Error(ErrorKind::Damaged, fileName +
                                            " is not a JSON list of class names or an object of names "
                                            "and indices (" +
                                            error.what() + ")");
    }
}

std::vector<ClassLabel> parse(const std::filesystem::path &file)
{
    const std::string name = file.filename().string();
    const std::string text = readText(file);
    return file.extension() == ".json" ? parseJson(text, name) : parseLines(text, name);
}

std::optional<std::vector<ClassLabel>> parseIfNames(const std::filesystem::path &file)
{
    try {
        return parse(file);
    } catch (const Error &) {
        return std::nullopt;
    }
}

/// "a.weights.h5", "a.weights", "a"
std::vector<std::string> stems(const std::filesystem::path &model)
{
    std::vector<std::string> names{model.filename().string()};
    while (std::filesystem::path(names.back()).has_extension())
        names.push_back(std::filesystem::path(names.back()).stem().string());
    return names;
}

} // namespace

std::vector<ClassLabel> readClassNames(const std::filesystem::path &file, int classes)
{
    std::vector<ClassLabel> labels = parse(file);
    if (int(labels.size()) != classes)
        throw Error(ErrorKind::WrongShape,
                    file.filename().string() + " names " + std::to_string(labels.size()) +
                        " classes, expected one for each of the model's " + std::to_string(classes));
    return labels;
}

std::optional<std::vector<ClassLabel>> classNamesBeside(const std::filesystem::path &model, int classes)
{
    const std::filesystem::path folder = model.parent_path();
    std::error_code code;
    for (const std::string &stem : stems(model))
        for (const char *ending : {".classes.txt", ".classes.json"})
            if (std::filesystem::exists(folder / (stem + ending), code))
                return readClassNames(folder / (stem + ending), classes);
    for (const char *name : {"class_names.txt", "class_names.json"})
        if (std::filesystem::exists(folder / name, code))
            if (auto labels = parseIfNames(folder / name); labels && int(labels->size()) == classes)
                return labels;
    return std::nullopt;
}

void nameClassesFromFiles(ModelInfo &info, const std::filesystem::path &chosen)
{
    const int classes = int(info.classes.size());
    if (!chosen.empty()) {
        info.classes = readClassNames(chosen, classes);
        info.namedClasses = true;
    } else if (!info.namedClasses && !info.path.empty() && classes > 0) {
        if (auto labels = classNamesBeside(info.path, classes)) {
            info.classes = std::move(*labels);
            info.namedClasses = true;
        }
    }
}

} // namespace reslens
