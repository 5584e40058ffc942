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
    {Direct, "direct", "Direct path",
     "What each place of the residual branches adds to the logit without being changed by later blocks.",
     "Σ_c g·s·F(x), g = ∂y/∂z along shortcuts only",
     "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits", ResidualBlock, true, true},
    {DirectWithStem, "direct-with-stem", "Direct path with stem",
     "The same, with what the stem adds: the whole logit, spread over the picture.",
     "Σ_c g·x at mixed_5b + Σ_blocks Σ_c g·s·F(x), g = ∂y/∂z along shortcuts only",
     "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits", ResidualBlock, true, true},
    {DirectWithClassMap, "direct-with-cam", "Direct path with class map",
     "What speaks for the class at all depths of the network and at its last block, half and half.",
     "½·(k·blur(direct path with stem) + Σ_c g·A at conv_7b), k for equal spreads",
     "Elhage et al. 2021, A Mathematical Framework for Transformer Circuits; Zhou et al. 2016, Learning Deep "
     "Features for Discriminative Localization",
     ResidualBlock, true, true},
    {GradTimesResidual, "grad-x-residual", "Gradient × residual",
     "What each place of the residual branches contributes, through later blocks, too.", "Σ_c ∂y/∂z·s·F(x)",
     "Molchanov et al. 2017, Pruning Convolutional Neural Networks for Resource Efficient Inference",
     ResidualBlock, true, true},
    {Energy, "energy", "Residual energy",
     "How much the blocks change what passes through them, whatever the class.", "‖s·F(x)‖ / ‖x‖",
     "Greff et al. 2017, Highway and Residual Networks Learn Unrolled Iterative Estimation", ResidualBlock,
     false, false},
    {Erasure, "erasure", "Erasure",
     "Where the blocks take away what was there: channels that the ReLU then sets to zero.",
     "share of channels with x > 0 and x + s·F(x) ≤ 0",
     "Greff et al. 2017, Highway and Residual Networks Learn Unrolled Iterative Estimation", ResidualBlock,
     false, false},
    {ScaleIntegratedGradients, "scale-ig", "Scale-path integrated gradients",
     "What the branches contribute while they are faded in together from nothing; adds up to what they "
     "change.",
     "Σ_c ∫ ∂y/∂z(α)·s·F(x(α)) dα, all scales times α from 0 to 1",
     "Sundararajan et al. 2017, Axiomatic Attribution for Deep Networks; Dhamdhere et al. 2018, How "
     "Important Is a Neuron?",
     ResidualBlock, true, true},
    {GradCam, "grad-cam", "Grad-CAM",
     "Where the maps lie whose strength raises the logit; what speaks against the class is left out.",
     "max(0, Σ_c mean(∂y/∂A_c)·A_c)",
     "Selvaraju et al. 2017, Grad-CAM: Visual Explanations from Deep Networks", AnyBlock, true, false},
    {HiResCam, "hirescam", "HiResCAM",
     "The same place by place, without the mean, and with what speaks against the class.", "Σ_c ∂y/∂A_c·A_c",
     "Draelos & Carin 2020, Use HiResCAM Instead of Grad-CAM", AnyBlock, true, true},
    {ClassMap, "cam", "Class map", "What each place of the last maps adds to the logit.",
     "Σ_c w_c·A_c at conv_7b", "Zhou et al. 2016, Learning Deep Features for Discriminative Localization",
     LastBlock, true, true},
    {Gradient, "gradient", "Gradient", "Which pixels would change the logit most if they changed a little.",
     "max_c |∂y/∂x_c|, x the picture", "Simonyan et al. 2014, Deep Inside Convolutional Networks", Image,
     true, false},
    {InputTimesGradient, "input-x-gradient", "Input × gradient",
     "The same times the pixel: what its distance from mid-grey contributes.",
     "Σ_c x_c·∂y/∂x_c, x the picture", "Shrikumar et al. 2016, Not Just a Black Box", Image, true, true},
    {IntegratedGradients, "integrated-gradients", "Integrated gradients",
     "What each pixel contributes while the picture fades in from mid-grey; adds up to what the logit gains.",
     "Σ_c x_c·∫ ∂y/∂x_c(αx) dα, x the picture, from mid-grey",
     "Sundararajan et al. 2017, Axiomatic Attribution for Deep Networks", Image, true, true},
    {SmoothGrad, "smoothgrad", "SmoothGrad",
     "The gradient, averaged over copies of the picture with a little noise.",
     "max_c |mean of ∂y/∂x_c over noisy copies|, x the picture",
     "Smilkov et al. 2017, SmoothGrad: Removing Noise by Adding Noise", Image, true, false},
    {Occlusion, "occlusion", "Occlusion", "How much the logit falls where a grey patch covers the picture.",
     "y(x) − y(x with a grey patch), x the picture",
     "Zeiler & Fergus 2014, Visualizing and Understanding Convolutional Networks", Image, true, true},
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
