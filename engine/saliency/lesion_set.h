// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/description.h"
#include "engine/tape.h"

#include <string>
#include <vector>

namespace reslens {

/// The factors of all residual blocks and of their Inception branches: 1 unless changed, 0 for off.
class LesionSet
{
public:
    LesionSet() = default;
    explicit LesionSet(const Description &description);

    /// `name` is a block ("block17_3"), or a stage ("block17") for all its blocks. Throws
    /// Error(InvalidArgument) if it is neither, or if the factor is not finite.
    void scale(const std::string &name, float factor);
    /// The same for one branch of each. Throws as scale(), and for a branch that a block does not have.
    void scaleBranch(const std::string &name, int branch, float factor);

    /// Every residual block, in order, each with a factor for each branch.
    const std::vector<Lesion> &blocks() const { return m_blocks; }
    /// Those with a factor other than 1.
    std::vector<Lesion> changed() const;
    bool isIntact() const { return changed().empty(); }
    /// A factor lies above 1 or below 0: the blocks behind it read what no picture made them read in
    /// training. Off and down take something away, up and reversed add something that was never there.
    bool isOffDistribution() const;

private:
    std::vector<Lesion *> named(const std::string &name, float factor);

    std::vector<Lesion> m_blocks;
};

} // namespace reslens
