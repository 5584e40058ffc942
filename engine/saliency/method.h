// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace reslens {

enum class SaliencyMethod
{
    Direct,
    DirectWithStem,
    DirectWithClassMap,
    GradTimesResidual,
    Energy,
    Erasure,
    ScaleIntegratedGradients,
    GradCam,
    HiResCam,
    ClassMap,
    Gradient,
    InputTimesGradient,
    IntegratedGradients,
    SmoothGrad,
    Occlusion
};

/// At which tensors a method can be asked for its map.
enum class SaliencyPlace
{
    ResidualBlock, ///< one residual block, or all of them added up
    AnyBlock,      ///< the output of one block; conv_7b unless another is named
    LastBlock,     ///< conv_7b only
    Image          ///< the input's pixels
};

/// What the window shows unless another method is chosen: of those that come from the residual branches the
/// one with the best figures, see the table in HACKING.md.
inline constexpr SaliencyMethod defaultSaliencyMethod = SaliencyMethod::DirectWithClassMap;

struct SaliencyMethodInfo
{
    SaliencyMethod method;
    std::string_view name;    ///< on the command line: "grad-x-residual"
    std::string_view title;   ///< for people: "Gradient × residual"
    std::string_view summary; ///< what the map shows, a sentence in plain words
    /// What the map is, in symbols: y the explained logit, c a channel, x what comes into a residual block,
    /// s·F(x) what it adds and z their sum, A the output of a block.
    std::string_view formula;
    std::string_view source; ///< authors, year and title
    SaliencyPlace place;
    bool needsClass;
    bool isSigned; ///< negative values are evidence against the class
};

/// All methods, those of the residual branches first.
std::span<const SaliencyMethodInfo> saliencyMethods();

const SaliencyMethodInfo &infoOf(SaliencyMethod method);

/// The method of this name; nothing if there is none.
std::optional<SaliencyMethod> saliencyMethodNamed(std::string_view name);

} // namespace reslens
