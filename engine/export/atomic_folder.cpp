// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/atomic_folder.h"

#include "engine/error.h"
#include "engine/export/atomic_file.h"

#include <system_error>

namespace reslens {
namespace fs = std::filesystem;
namespace {

void require(const fs::path &target, const std::error_code &error)
{
    if (error)
        throw Error(ErrorKind::FileUnwritable, target.string() + " cannot be written: " + error.message());
}

/// Beside a folder that is not there yet, but inside one that is: the folder around it may be on another file
/// system, or not writable.
fs::path partPath(const fs::path &destination)
{
    std::error_code error;
    return (fs::is_directory(destination, error) ? destination : destination.parent_path()) / partName();
}

/// A folder that is gone at the end of the scope, with what is still in it.
class PartFolder
{
public:
    PartFolder(const fs::path &target, const fs::path &destination)
    {
        std::error_code error;
        bool isNew = false;
        // One that a killed process of the same number has left behind is in nobody's way.
        while (!isNew && !error) {
            m_path = partPath(destination);
            isNew = fs::create_directory(m_path, error);
        }
        require(target, error);
    }
    ~PartFolder()
    {
        std::error_code ignored;
        fs::remove_all(m_path, ignored);
    }
    PartFolder(const PartFolder &) = delete;
    PartFolder &operator=(const PartFolder &) = delete;

    const fs::path &path() const { return m_path; }

private:
    fs::path m_path;
};

/// An absolute path without links and without a slash at its end.
fs::path resolved(const fs::path &target)
{
    std::error_code error;
    fs::path destination = fs::weakly_canonical(target, error);
    require(target, error);
    if (!destination.has_filename())
        destination = destination.parent_path();
    if (fs::exists(destination, error) && !fs::is_directory(destination, error))
        throw Error(ErrorKind::FileUnwritable, target.string() + " cannot be written: it is not a folder");
    destination = fs::absolute(destination, error);
    require(target, error);
    if (!fs::is_directory(destination.parent_path(), error))
        throw Error(ErrorKind::FileUnwritable, target.string() + " cannot be written: there is no folder " +
                                                   destination.parent_path().string());
    return destination;
}

} // namespace

void writeFolderAtomically(const fs::path &target, const std::function<void(const fs::path &)> &write)
{
    const fs::path destination = resolved(target);
    const PartFolder part(target, destination);
    try {
        write(part.path());
    } catch (const Error &error) {
        // Whoever reads of a full disk knows the target, not the folder that is already gone.
        std::string sentence = error.what();
        if (const std::size_t place = sentence.find(part.path().string()); place != std::string::npos)
            sentence.replace(place, part.path().string().size(), destination.string());
        throw Error(error.kind(), sentence);
    }
    std::error_code error;
    fs::create_directory(destination, error);
    require(target, error);
    for (const fs::directory_entry &file : fs::directory_iterator(part.path())) {
        fs::rename(file.path(), destination / file.path().filename(), error);
        require(target, error);
    }
}

} // namespace reslens
