// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace reslens {

/// A class that a model can answer with.
struct ClassLabel
{
    std::string wnid; ///< WordNet 3.0 id ("n02123045"); empty where the model file gives none
    std::string name; ///< "tabby"
};

/// What a model file says of itself.
struct ModelInfo
{
    std::string name;    ///< file name without folder
    std::string path;    ///< as given by the caller; empty for a model in memory
    std::string about;   ///< free text of the file (`reslens_about`); may be empty
    std::string assumed; ///< what the file does not say and was taken to be so, a sentence; mostly empty
    /// All batch normalizations are as Keras makes them, with mean 0, variance 1 and β 0: the weights are the
    /// random ones that training would have begun with.
    bool untrained = false;
    int inputSize = 299;
    std::int64_t parameters = 0;
    /// One entry a class; empty without a top. Files that name no classes get "class 0", "class 1", …
    std::vector<ClassLabel> classes;
    bool namedClasses = false; ///< the names of `classes` come from the file or one beside it
};

/// Gives the classes of a model whose file does not name them the labels that the caller knows for networks
/// of this many classes (ImageNet's 1000). Does nothing if the file names its classes or there are more or
/// fewer of them.
void nameClasses(ModelInfo &info, std::span<const ClassLabel> labels);

} // namespace reslens
