// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/method.h"

#include <algorithm>
#include <array>

namespace reslens {

namespace {

using enum SaliencyMethod;
using enum SaliencyPlace;

// In the order of the enumeration.
constexpr std::array<SaliencyMethodInfo, 15> methods{{
    {Direct, "direct", "Direct path", "Σ_c g·s·F(x), g = ∂y/∂z along shortcuts only", "Elhage et al. 2021",
     ResidualBlock, true, true},
    {DirectWithStem, "direct-with-stem", "Direct path with stem",
     "Σ_c g·x at mixed_5b + Σ_blocks Σ_c g·s·F(x)", "Elhage et al. 2021", ResidualBlock, true, true},
    {DirectWithClassMap, "direct-with-cam", "Direct path with class map",
     "½·(k·blur(direct path with stem) + Σ_c g·A at conv_7b), k for equal spreads",
     "Elhage et al. 2021; Zhou et al. 2016", ResidualBlock, true, true},
    {GradTimesResidual, "grad-x-residual", "Gradient × residual", "Σ_c ∂y/∂z·s·F(x)", "Molchanov et al. 2017",
     ResidualBlock, true, true},
    {Energy, "energy", "Residual energy", "‖s·F(x)‖ / ‖x‖", "Greff et al. 2017", ResidualBlock, false, false},
    {Erasure, "erasure", "Erasure", "share of channels with x > 0 and x + s·F(x) ≤ 0", "Greff et al. 2017",
     ResidualBlock, false, false},
    {ScaleIntegratedGradients, "scale-ig", "Scale-path integrated gradients", "Σ_c ∫ ∂y/∂z(α)·s·F(x(α)) dα",
     "Sundararajan et al. 2017; Dhamdhere et al. 2018", ResidualBlock, true, true},
    {GradCam, "grad-cam", "Grad-CAM", "max(0, Σ_c mean(∂y/∂A_c)·A_c)", "Selvaraju et al. 2017", AnyBlock,
     true, false},
    {HiResCam, "hirescam", "HiResCAM", "Σ_c ∂y/∂A_c·A_c", "Draelos & Carin 2020", AnyBlock, true, true},
    {ClassMap, "cam", "Class map", "Σ_c w_c·A_c", "Zhou et al. 2016", LastBlock, true, true},
    {Gradient, "gradient", "Gradient", "max_c |∂y/∂x_c|", "Simonyan et al. 2014", Image, true, false},
    {InputTimesGradient, "input-x-gradient", "Input × gradient", "Σ_c x_c·∂y/∂x_c", "Shrikumar et al. 2016",
     Image, true, true},
    {IntegratedGradients, "integrated-gradients", "Integrated gradients",
     "Σ_c x_c·∫ ∂y/∂x_c(αx) dα, from mid-grey", "Sundararajan et al. 2017", Image, true, true},
    {SmoothGrad, "smoothgrad", "SmoothGrad", "max_c |mean of ∂y/∂x_c over noisy copies|",
     "Smilkov et al. 2017", Image, true, false},
    {Occlusion, "occlusion", "Occlusion", "y(x) − y(x with a grey patch)", "Zeiler & Fergus 2014", Image,
     true, true},
}};

} // namespace

std::span<const SaliencyMethodInfo> saliencyMethods()
{
    return methods;
}

const SaliencyMethodInfo &infoOf(SaliencyMethod method)
{
    return methods[std::size_t(method)];
}

std::optional<SaliencyMethod> saliencyMethodNamed(std::string_view name)
{
    const auto found = std::ranges::find(methods, name, &SaliencyMethodInfo::name);
    return found == methods.end() ? std::nullopt : std::optional(found->method);
}

} // namespace reslens
