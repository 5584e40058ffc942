// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/network/block_types.h"

#include <QCoreApplication>
#include <QHash>

namespace reslens {
namespace {

struct Entry
{
    const char *stage;
    const char *purpose;
    const char *paper;
};

constexpr char InceptionResNet[] =
    "Szegedy, Ioffe, Vanhoucke, Alemi 2016: Inception-v4, Inception-ResNet and the Impact of Residual "
    "Connections on Learning";
constexpr char Rethinking[] = "Szegedy, Vanhoucke, Ioffe, Shlens, Wojna 2016: Rethinking the Inception "
                              "Architecture for Computer Vision";

constexpr Entry Entries[]{
    {"stem",
     QT_TRANSLATE_NOOP("BlockType",
                       "Five convolutions and two poolings turn pixels into edges, colours and "
                       "textures. The map gets about eight times lower and narrower, so that what follows is "
                       "cheap."),
     InceptionResNet},
    {"mixed_5b",
     QT_TRANSLATE_NOOP("BlockType",
                       "Four branches look side by side at small and at larger surroundings; their maps are "
                       "stacked. The network need not decide beforehand at which size to look."),
     "Szegedy et al. 2015: Going Deeper with Convolutions"},
    {"block35",
     QT_TRANSLATE_NOOP(
         "BlockType", "Three branches find a correction, which is scaled down and added to what came in. The "
                      "map itself passes by on the shortcut, so each block needs to learn only a small "
                      "step."),
     InceptionResNet},
    {"mixed_6a",
     QT_TRANSLATE_NOOP("BlockType", "A reduction: halves height and width and adds channels. Two branches "
                                    "convolve with stride 2 while one keeps the greatest values, so that "
                                    "little is lost and later blocks see wider."),
     Rethinking},
    {"block17",
     QT_TRANSLATE_NOOP("BlockType",
                       "A 1 × 7 convolution and then a 7 × 1 see as much as a 7 × 7 at two sevenths of its "
                       "cost. What they find is scaled down and added to the map as a correction."),
     InceptionResNet},
    {"mixed_7a",
     QT_TRANSLATE_NOOP("BlockType",
                       "A reduction: halves height and width once more. What is left is a coarse "
                       "map, each position of which has seen most of the picture."),
     Rethinking},
    {"block8",
     QT_TRANSLATE_NOOP("BlockType",
                       "Corrects the coarse map of parts and whole objects, with a 1 × 3 and then a 3 × 1 "
                       "convolution. The last block adds its correction unscaled and has no ReLU."),
     InceptionResNet},
    {"conv_7b",
     QT_TRANSLATE_NOOP("BlockType",
                       "The last convolution: mixes all channels at each position into the features that "
                       "the classes are told apart by. It looks at one position at a time."),
     InceptionResNet},
    {"predictions",
     QT_TRANSLATE_NOOP("BlockType",
                       "Each channel is averaged over the picture; each class weighs these averages and adds "
                       "them up to its logit. The softmax makes probabilities of the logits."),
     "Lin, Chen, Yan 2014: Network in Network"}};

} // namespace

BlockType blockTypeOf(const QString &stage)
{
    for (const Entry &entry : Entries)
        if (stage == QLatin1String(entry.stage))
            return {QCoreApplication::translate("BlockType", entry.purpose), QString::fromUtf8(entry.paper)};
    return {};
}

} // namespace reslens
