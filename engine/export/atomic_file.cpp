// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/export/atomic_file.h"

#include <atomic>
#include <cerrno>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace reslens {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const fs::path &target, const std::string &reason)
{
    throw Error(ErrorKind::FileUnwritable, target.string() + " cannot be written: " + reason);
}

/// Without it a power cut could leave the name with none of the bytes.
bool flushToDisk(const fs::path &path)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    const bool flushed = ::fsync(file) == 0;
    const int reason = errno;
    ::close(file);
    errno = reason;
    return flushed;
}

/// Where the bytes go in the end: behind the link, if the target is one.
fs::path resolved(const fs::path &target)
{
    std::error_code error;
    if (!fs::is_symlink(target, error))
        return target;
    fs::path destination = fs::canonical(target, error);
    if (error)
        fail(target, "the link leads nowhere");
    return destination;
}

void check(const fs::path &target, const fs::path &destination)
{
    std::error_code error;
    const fs::file_status status = fs::status(destination, error);
    if (!destination.has_filename() || fs::is_directory(status))
        fail(target, "it is a folder");
    if (fs::exists(status) && !fs::is_regular_file(status))
        fail(target, "it is not a regular file");
    const fs::path folder = destination.parent_path();
    if (!folder.empty() && !fs::is_directory(folder, error))
        fail(target, "there is no folder " + folder.string());
}

/// A file that is removed at the end of the scope unless it has been moved to its place.
class PartFile
{
public:
    PartFile(const fs::path &target, const fs::path &destination) : m_target(target)
    {
        m_path = destination;
        int file = -1;
        // One that a killed process of the same number has left behind is in nobody's way.
        do {
            m_path.replace_filename(partName());
            file = ::open(m_path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        } while (file < 0 && errno == EEXIST);
        if (file < 0)
            fail(target, std::generic_category().message(errno));
        ::close(file);
    }
    ~PartFile()
    {
        std::error_code ignored;
        if (!m_moved)
            fs::remove(m_path, ignored);
    }
    PartFile(const PartFile &) = delete;
    PartFile &operator=(const PartFile &) = delete;

    const fs::path &path() const { return m_path; }

    /// A file in its place leaves it its permissions.
    void moveTo(const fs::path &destination)
    {
        if (!flushToDisk(m_path))
            throw writeError(m_target);
        std::error_code error;
        const fs::file_status old = fs::status(destination, error);
        if (fs::is_regular_file(old))
            fs::permissions(m_path, old.permissions(), error);
        fs::rename(m_path, destination, error);
        if (error)
            fail(m_target, error.message());
        m_moved = true;
    }

private:
    fs::path m_target;
    fs::path m_path;
    bool m_moved = false;
};

} // namespace

Error writeError(const fs::path &target)
{
    return {ErrorKind::FileUnwritable, target.string() + " cannot be written: " +
                                           (errno != 0 ? std::generic_category().message(errno)
                                                       : std::string("the file system is full or failed"))};
}

std::string partName()
{
    // Short whatever the target is called: names have 255 bytes at most.
    static std::atomic<int> count{0};
    return ".reslens-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".part";
}

void writeAtomically(const fs::path &target, const std::function<void(const fs::path &)> &write)
{
    const fs::path destination = resolved(target);
    check(target, destination);
    PartFile part(target, destination);
    errno = 0;
    write(part.path());
    part.moveTo(destination);
}

} // namespace reslens
