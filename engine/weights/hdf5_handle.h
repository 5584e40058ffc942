// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <hdf5.h>

#include <string>
#include <utility>

namespace reslens::hdf5 {

/// An HDF5 identifier that closes itself. Invalid (negative) identifiers are allowed and tell that opening
/// failed.
template <herr_t (*close)(hid_t)>
class Handle
{
public:
    Handle() = default;
    explicit Handle(hid_t id) : m_id(id) {}
    Handle(Handle &&other) noexcept : m_id(std::exchange(other.m_id, H5I_INVALID_HID)) {}
    Handle &operator=(Handle &&other) noexcept
    {
        std::swap(m_id, other.m_id);
        return *this;
    }
    ~Handle()
    {
        if (m_id >= 0)
            close(m_id);
    }

    explicit operator bool() const { return m_id >= 0; }
    hid_t get() const { return m_id; }

private:
    hid_t m_id = H5I_INVALID_HID;
};

using File = Handle<H5Fclose>;
using Group = Handle<H5Gclose>;
using Dataset = Handle<H5Dclose>;
using Dataspace = Handle<H5Sclose>;
using Datatype = Handle<H5Tclose>;
using Attribute = Handle<H5Aclose>;
using PropertyList = Handle<H5Pclose>;

/// While one exists, HDF5 reports failures of this thread by return value only and prints nothing. Nor does
/// it at the program's end, about what a damaged file made it lose hold of, if this comes before all other
/// use of it.
class QuietErrors
{
public:
    QuietErrors()
    {
        H5dont_atexit();
        H5Eget_auto2(H5E_DEFAULT, &m_function, &m_data);
        H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    }
    ~QuietErrors() { H5Eset_auto2(H5E_DEFAULT, m_function, m_data); }
    QuietErrors(const QuietErrors &) = delete;
    QuietErrors &operator=(const QuietErrors &) = delete;

private:
    H5E_auto2_t m_function = nullptr;
    void *m_data = nullptr;
};

/// Why the last HDF5 call of this thread failed.
struct Failure
{
    std::string reason;   ///< HDF5's own words for the innermost cause, "object 'kernel:0' doesn't exist"
    bool missing = false; ///< the cause is a name that is not in the file, not damage
};

Failure lastFailure();

} // namespace reslens::hdf5
