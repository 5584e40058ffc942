// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace reslens {

namespace {

std::string legible(const std::string &sentence)
{
    using Json = nlohmann::json;
    const std::string quoted = Json(sentence).dump(-1, ' ', false, Json::error_handler_t::replace);
    std::string text = Json::parse(quoted).get<std::string>();
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    // U+0080 to U+009F, which some terminals obey: C2 and a byte below A0.
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (text[i] == '\xC2' && static_cast<unsigned char>(text[i + 1]) < 0xA0)
            text.replace(i, 2, " ");
    return text;
}

} // namespace

Error::Error(ErrorKind kind, const std::string &sentence)
    : std::runtime_error(legible(sentence)), m_kind(kind)
{
}

} // namespace reslens
