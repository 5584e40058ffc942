// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdexcept>
#include <string>

namespace reslens {

/// What went wrong, for callers that act on it and for tests; the sentence for people is Error::what().
enum class ErrorKind
{
    FileMissing,     ///< no such file
    FileUnreadable,  ///< the file exists but cannot be opened or read
    FileUnwritable,  ///< an output could not be written
    NotAModel,       ///< not a Keras weight file, or another network's
    Damaged,         ///< cut short, corrupt, or with values that are not finite
    MissingLayer,    ///< a layer that the network needs is absent
    WrongShape,      ///< a layer's weights have another shape than the network needs
    NoTop,           ///< the model has no classification head, and one is needed
    NotAnImage,      ///< a picture that cannot be decoded
    Unsupported,     ///< well-formed, but not something that this program handles
    InvalidArgument, ///< a name, index or size outside its range
    Cancelled        ///< the caller's stop token asked for it
};

/// The one exception that the engine throws for anything that is not a programming mistake. Its message is
/// one sentence that names the layer or the file, what was expected and what was found. It is UTF-8 without
/// control characters, whatever names a damaged file has brought into it: what is not becomes U+FFFD or a
/// space.
class Error : public std::runtime_error
{
public:
    Error(ErrorKind kind, const std::string &sentence);

    ErrorKind kind() const noexcept { return m_kind; }

private:
    ErrorKind m_kind;
};

} // namespace reslens
