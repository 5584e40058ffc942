// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tensor.h"

#include <functional>
#include <span>
#include <vector>

namespace reslens {

// Insertion and deletion (RISE: Petsiuk et al. 2018), by cells of a grid instead of single pixels (as the
// regions of Samek et al. 2017): changing single pixels here and there makes noise that upsets a network
// whatever they show, and would measure how ragged a map is.

/// A grid of cells × cells over the picture.
inline constexpr int gridCells = 16;
/// In how many equal parts the cells enter or leave unless another number is asked for.
inline constexpr int curveSteps = 16;

/// The cells from first to last, row by row as 0 … cells² − 1: the greatest mean of the map first, so that
/// what speaks against the class comes last; equal ones in an order of chance that is always the same. The
/// map, height × width × 1, is enlarged to size × size as it is shown, see enlarged().
std::vector<int> cellOrder(const Tensor &map, int size);

/// An order of chance, always the same for a seed: what every map must beat.
std::vector<int> randomCellOrder(unsigned seed);

/// A Gaussian blur with a standard deviation of a sixteenth of the width, edges repeated: the blank that
/// insertion starts from.
Tensor blurred(const Tensor &picture);

/// The class's probability with 0, 1/n, 2/n, … of the cells exchanged.
struct Curve
{
    std::vector<double> probabilities;

    /// Area under it with the share of cells from 0 to 1, by the trapezoidal rule; in [0, 1].
    double area() const;
};

/// What a picture's orders of cells are worth to a class.
class PerturbationGame
{
public:
    /// The probability of the class for a picture; what it throws goes through.
    using Score = std::function<double(const Tensor &picture)>;

    /// Asks for the scores of the picture and of both blanks. The cells will go in `steps` ≥ 1 parts.
    PerturbationGame(const Tensor &picture, Score score, int steps = curveSteps);

    /// From the blurred picture to the picture: the higher its area, the better the order.
    Curve insertion(std::span<const int> order) const;
    /// From the picture to mid-grey (0 in all channels): the lower its area, the better the order.
    Curve deletion(std::span<const int> order) const;

    /// Scores that the constructor asks for.
    static constexpr int scoresAtStart = 3;

private:
    Curve exchange(const Tensor &from, double fromScore, const Tensor &to, double toScore,
                   std::span<const int> order) const;

    Tensor m_picture;
    Tensor m_blurred;
    Tensor m_grey;
    Score m_score;
    int m_steps;
    double m_pictureScore;
    double m_blurredScore;
    double m_greyScore;
};

} // namespace reslens
