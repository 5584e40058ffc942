// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/saliency/lesion_set.h"

#include "engine/error.h"

#include <algorithm>
#include <cmath>

namespace reslens {

namespace {

bool isOne(float factor)
{
    return factor == 1;
}

bool isOff(float factor)
{
    return factor < 0 || factor > 1;
}

} // namespace

LesionSet::LesionSet(const Description &description)
{
    for (const Block &block : description.blocks) {
        if (!block.residual)
            continue;
        m_blocks.push_back({.block = block.name,
                            .residual = 1,
                            .branches = std::vector<float>(description.branchesOf(block).size(), 1.0F)});
    }
}

std::vector<Lesion *> LesionSet::named(const std::string &name, float factor)
{
    if (!std::isfinite(factor))
        throw Error(ErrorKind::InvalidArgument, "the factor of " + name + " is not a finite number");
    std::vector<Lesion *> found;
    for (Lesion &lesion : m_blocks)
        if (lesion.block == name || stageOf(lesion.block) == name)
            found.push_back(&lesion);
    if (found.empty())
        throw Error(ErrorKind::InvalidArgument,
                    "the network has no residual block or stage \"" + name + "\"");
    return found;
}

void LesionSet::scale(const std::string &name, float factor)
{
    for (Lesion *lesion : named(name, factor))
        lesion->residual = factor;
}

void LesionSet::scaleBranch(const std::string &name, int branch, float factor)
{
    const std::vector<Lesion *> found = named(name, factor);
    for (const Lesion *lesion : found)
        if (branch < 0 || branch >= int(lesion->branches.size()))
            throw Error(ErrorKind::InvalidArgument, lesion->block + " has branches 0 to " +
                                                        std::to_string(lesion->branches.size() - 1) +
                                                        ", not " + std::to_string(branch));
    for (Lesion *lesion : found)
        lesion->branches[std::size_t(branch)] = factor;
}

std::vector<Lesion> LesionSet::changed() const
{
    std::vector<Lesion> result;
    for (const Lesion &lesion : m_blocks) {
        const bool keepsBranches = std::ranges::all_of(lesion.branches, isOne);
        if (keepsBranches && isOne(lesion.residual))
            continue;
        result.push_back(lesion);
        if (keepsBranches)
            result.back().branches.clear();
    }
    return result;
}

bool LesionSet::isOffDistribution() const
{
    return std::ranges::any_of(m_blocks, [](const Lesion &lesion) {
        return isOff(lesion.residual) || std::ranges::any_of(lesion.branches, isOff);
    });
}

} // namespace reslens
