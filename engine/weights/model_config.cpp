// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/model_config.h"

#include "engine/error.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace reslens {

namespace {

using Json = nlohmann::json;

const Json &configOf(const Json &layer)
{
    return layer.at("config");
}

/// The name of an activation, which may be a string or an object that stands for a function.
std::string activationName(const Json &config)
{
    const auto found = config.find("activation");
    if (found == config.end() || found->is_null())
        return "linear";
    if (found->is_string())
        return found->get<std::string>();
    const auto function = found->find("config");
    return function != found->end() && function->is_string() ? function->get<std::string>()
                                                             : "custom activation";
}

/// ReLU layers can be leaky or capped.
bool isPlainRelu(const Json &config)
{
    const auto isZero = [&](const char *option) {
        const auto found = config.find(option);
        return found == config.end() || found->is_null() || found->get<double>() == 0;
    };
    const auto limit = config.find("max_value");
    return (limit == config.end() || limit->is_null()) && isZero("negative_slope") && isZero("threshold");
}

ConfiguredLayer readLayer(const Json &layer)
{
    const Json &config = configOf(layer);
    ConfiguredLayer result{layer.at("class_name").get<std::string>(), config.value("name", std::string())};
    result.bias = config.value("use_bias", true);
    if (result.className == "Dense" || result.className == "Activation")
        result.activation = activationName(config);
    else if (result.className == "ReLU")
        result.activation = isPlainRelu(config) ? "relu" : "leaky or capped ReLU";
    else if (result.className == "Softmax")
        result.activation = "softmax";
    else if (result.className == "BatchNormalization") {
        result.scale = config.value("scale", true);
        result.center = config.value("center", true);
        result.epsilon = config.value("epsilon", result.epsilon);
    }
    return result;
}

/// The layers of a model in its order, those of nested models in their place.
void flatten(const Json &model, std::vector<const Json *> &layers)
{
    for (const Json &layer : configOf(model).at("layers")) {
        if (configOf(layer).contains("layers"))
            flatten(layer, layers);
        else
            layers.push_back(&layer);
    }
}

/// Side of the input that a layer declares; 0 if there is none or it is not a fixed square.
int declaredSize(const Json &layer)
{
    for (const char *key : {"batch_shape", "batch_input_shape"}) {
        const auto shape = configOf(layer).find(key);
        if (shape != configOf(layer).end() && shape->is_array() && shape->size() == 4 &&
            (*shape)[1].is_number_integer() && (*shape)[1] == (*shape)[2])
            return (*shape)[1].get<int>();
    }
    return 0;
}

bool isNear(const Json &config, const char *option, double expected)
{
    const auto found = config.find(option);
    return found != config.end() && found->is_number() && std::abs(found->get<double>() - expected) < 1e-6;
}

/// Whether a layer before the network leaves the picture as it is, does to it what preprocess_input does
/// (x / 127.5 − 1), or acts in training only.
bool isPreprocessing(const Json &layer)
{
    const std::string name = layer.at("class_name").get<std::string>();
    if (name == "InputLayer" || name.starts_with("Random") || name == "GaussianNoise")
        return true;
    if (name == "Rescaling")
        return isNear(configOf(layer), "scale", 1 / 127.5) && isNear(configOf(layer), "offset", -1);
    // What a call of preprocess_input leaves in a model: a division and a subtraction.
    const auto has = [text = layer.value("inbound_nodes", Json()).dump()](const char *number) {
        return text.find(number) != std::string::npos;
    };
    const std::string function =
        name == "TFOpLambda" ? configOf(layer).value("function", std::string()) : name;
    return ((function == "TrueDivide" || function == "math.truediv") && has("127.5")) ||
           ((function == "Subtract" || function == "math.subtract") && has("1.0"));
}

ModelConfig read(const Json &model, const std::string &fileName)
{
    ModelConfig result;
    const auto outputs = configOf(model).find("output_layers");
    // One output is a list of lists, or in newer versions a list.
    if (outputs != configOf(model).end() && outputs->is_array() && outputs->size() > 1 &&
        outputs->front().is_array())
        throw Error(ErrorKind::Unsupported,
                    fileName + " has " + std::to_string(outputs->size()) + " outputs, expected one");
    std::vector<const Json *> layers;
    flatten(model, layers);
    bool before = true;
    bool after = false;
    for (const Json *layer : layers) {
        const ConfiguredLayer described = readLayer(*layer);
        if (result.inputSize == 0)
            result.inputSize = declaredSize(*layer);
        before = before && described.className != "Conv2D";
        if (before && !isPreprocessing(*layer))
            throw Error(ErrorKind::Unsupported,
                        described.name + " (" + described.className + ") in " + fileName +
                            " changes the picture before the network; expected x / 127.5 - 1 at most");
        if (after)
            result.head.push_back(described);
        after = after || described.name == "conv_7b_ac";
    }
    return result;
}

} // namespace

ModelConfig parseModelConfig(std::string_view json, const std::string &fileName)
{
    try {
        return read(Json::parse(json), fileName);
    } catch (const Json::exception &error) {
        throw Error(ErrorKind::Damaged,
                    "The model configuration in " + fileName + " is damaged (" + error.what() + ")");
    }
}

} // namespace reslens
