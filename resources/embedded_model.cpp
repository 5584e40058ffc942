// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"

// The assembler includes the file as it is: a resource compiler would make a source file of 40 MB of it.
asm(R"(
    .section .rodata
    .balign 64
reslensEmbeddedModelBegin:
    .incbin ")" RESLENS_EMBEDDED_MODEL R"("
reslensEmbeddedModelEnd:
    .byte 0
    .previous
)");

extern "C" {
[[gnu::visibility("hidden")]] extern const std::byte reslensEmbeddedModelBegin[];
[[gnu::visibility("hidden")]] extern const std::byte reslensEmbeddedModelEnd[];
}

namespace reslens {

std::span<const std::byte> embeddedModel()
{
    return {reslensEmbeddedModelBegin, reslensEmbeddedModelEnd};
}

std::string embeddedModelName()
{
    return RESLENS_EMBEDDED_MODEL_NAME;
}

} // namespace reslens
