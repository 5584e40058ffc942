// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/model_config.h"

#include "engine/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

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

/// Side of the input that a layer declares; 0 if there is none or it is not fixed.
int declaredSize(const Json &layer, const std::string &fileName)
{
    for (const char *key : {"batch_shape", "batch_input_shape"}) {
        const auto found = configOf(layer).find(key);
        if (found == configOf(layer).end() || !found->is_array() || found->size() != 4)
            continue;
        const Json &shape = *found;
        const bool channelsFirst = shape[1] == 3 && shape[3] != 3;
        const Json &height = shape[channelsFirst ? 2 : 1];
        const Json &width = shape[channelsFirst ? 3 : 2];
        if (!height.is_number_integer() || !width.is_number_integer())
            continue;
        if (height != width)
            throw Error(ErrorKind::Unsupported, fileName + " takes pictures of " + width.dump() + " × " +
                                                    height.dump() + " pixels; expected a square");
        return height.get<int>();
    }
    return 0;
}

bool isNear(const Json &config, const char *option, double expected)
{
    const auto found = config.find(option);
    return found != config.end() && found->is_number() && std::abs(found->get<double>() - expected) < 1e-6;
}

/// The number that an operation such as `x / 127.5` applies to its input; nothing if that is not how it is
/// called.
std::optional<double> operandOf(const Json &layer)
{
    const Json &call = layer.at("inbound_nodes").at(0);
    if (call.is_object()) {
        // Keras 3: {"args": [x, 127.5], "kwargs": {}}
        const Json &arguments = call.at("args");
        if (arguments.size() == 2 && arguments[0].is_object() && arguments[1].is_number())
            return arguments[1].get<double>();
    } else if (call.size() == 4 && call[3].is_object()) {
        // TensorFlow's Keras 2: ["input_1", 0, 0, {"y": 127.5}]
        const auto y = call[3].find("y");
        if (y != call[3].end() && y->is_number())
            return y->get<double>();
    }
    return std::nullopt;
}

/// What the layers before the network do to the picture: nothing, or what preprocess_input does
/// (x / 127.5 − 1), as one layer or as the two operations that a call of it leaves in a model.
class PicturePath
{
public:
    /// Whether the picture may take the next layer, too.
    bool accepts(const Json &layer)
    {
        const std::string name = layer.at("class_name").get<std::string>();
        // What only changes pictures in training. RandomCrop is none of them.
        constexpr std::array training{"GaussianNoise",     "RandomBrightness",    "RandomColorDegeneration",
                                      "RandomColorJitter", "RandomContrast",      "RandomElasticTransform",
                                      "RandomErasing",     "RandomFlip",          "RandomGaussianBlur",
                                      "RandomGrayscale",   "RandomHue",           "RandomInvert",
                                      "RandomPerspective", "RandomPosterization", "RandomRotation",
                                      "RandomSaturation",  "RandomSharpness",     "RandomShear",
                                      "RandomTranslation", "RandomZoom"};
        if (name == "InputLayer" || std::ranges::find(training, name) != training.end())
            return true;
        if (name == "Rescaling")
            return isNear(configOf(layer), "scale", 1 / 127.5) && isNear(configOf(layer), "offset", -1) &&
                   advance(Untouched, Ready);
        const std::string function =
            name == "TFOpLambda" ? configOf(layer).value("function", std::string()) : name;
        if (function == "TrueDivide" || function == "math.truediv")
            return operandOf(layer) == 127.5 && advance(Untouched, Divided);
        if (function == "Subtract" || function == "math.subtract")
            return operandOf(layer) == 1.0 && advance(Divided, Ready);
        return false;
    }

    bool isComplete() const { return m_state != Divided; }

private:
    enum State
    {
        Untouched,
        Divided,
        Ready
    };

    bool advance(State from, State to) { return std::exchange(m_state, to) == from; }

    State m_state = Untouched;
};

/// Checks a layer of the network itself: its weights tell nothing of these options.
void checkOptions(const Json &layer, const std::string &fileName)
{
    const Json &config = configOf(layer);
    const std::string className = layer.at("class_name").get<std::string>();
    const auto require = [&](const char *option, const Json &found, const Json &expected) {
        if (found != expected)
            throw Error(ErrorKind::Unsupported, config.value("name", className) + " (" + className + ") in " +
                                                    fileName + " has " + option + " " + found.dump() +
                                                    "; expected " + expected.dump() +
                                                    ", as in Keras' InceptionResNetV2");
    };
    if (config.contains("data_format") && !config["data_format"].is_null())
        require("data_format", config["data_format"], "channels_last");
    if (className == "Conv2D") {
        require("activation", activationName(config), "linear");
        require("groups", config.value("groups", 1), 1);
        require("dilation_rate", config.value("dilation_rate", Json{1, 1}), Json{1, 1});
    } else if (className == "Activation") {
        require("activation", activationName(config), "relu");
    } else if (className == "BatchNormalization") {
        constexpr double epsilon = 1e-3;
        if (config.contains("epsilon") && !isNear(config, "epsilon", epsilon))
            require("epsilon", config["epsilon"], epsilon);
    }
}

/// The factor of a residual, which Keras 2 keeps as an argument of a Lambda layer; nothing for other layers.
std::optional<double> residualScaleOf(const Json &layer)
{
    const Json &config = configOf(layer);
    const std::string className = layer.at("class_name").get<std::string>();
    const bool isLambda = className == "Lambda" && config.contains("arguments");
    if (!isLambda && className != "CustomScaleLayer")
        return std::nullopt;
    const Json &holder = isLambda ? config["arguments"] : config;
    const auto scale = holder.find("scale");
    return scale != holder.end() && scale->is_number() ? std::optional(scale->get<double>()) : std::nullopt;
}

/// How deep the brackets of a JSON text are nested.
int nestingOf(std::string_view json)
{
    int depth = 0;
    int deepest = 0;
    bool inString = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inString && c == '\\')
            ++i;
        else if (c == '"')
            inString = !inString;
        else if (!inString && (c == '{' || c == '['))
            deepest = std::max(deepest, ++depth);
        else if (!inString && (c == '}' || c == ']'))
            --depth;
    }
    return deepest;
}

ModelConfig read(const Json &model, const std::string &fileName)
{
    if (!configOf(model).contains("layers"))
        throw Error(ErrorKind::Unsupported,
                    fileName + " does not list its layers, as a model with a class of its own; expected a "
                               "functional or sequential one: save its weights alone (save_weights)");
    ModelConfig result;
    const auto outputs = configOf(model).find("output_layers");
    // One output is a list of lists, or in newer versions a list.
    if (outputs != configOf(model).end() && outputs->is_array() && outputs->size() > 1 &&
        outputs->front().is_array())
        throw Error(ErrorKind::Unsupported,
                    fileName + " has " + std::to_string(outputs->size()) + " outputs, expected one");
    std::vector<const Json *> layers;
    flatten(model, layers);
    PicturePath path;
    bool before = true;
    bool after = false;
    for (const Json *layer : layers) {
        const ConfiguredLayer described = readLayer(*layer);
        if (result.inputSize == 0)
            result.inputSize = declaredSize(*layer, fileName);
        const bool enters = before && described.className == "Conv2D";
        before = before && !enters;
        if (enters && !path.isComplete())
            throw Error(ErrorKind::Unsupported, fileName +
                                                    " divides the picture by 127.5 before the network "
                                                    "and subtracts nothing; expected x / 127.5 - 1, or "
                                                    "nothing at all");
        if (before && !path.accepts(*layer))
            throw Error(ErrorKind::Unsupported,
                        described.name + " (" + described.className + ") in " + fileName +
                            " changes the picture before the network; expected x / 127.5 - 1 at most");
        if (after)
            result.head.push_back(described);
        if (!before && !after) {
            checkOptions(*layer, fileName);
            if (const std::optional<double> scale = residualScaleOf(*layer))
                result.residualScales.push_back(*scale);
        }
        after = after || described.name == "conv_7b_ac";
    }
    return result;
}

} // namespace

ModelConfig parseModelConfig(std::string_view json, const std::string &fileName)
{
    // Configurations of Keras stay below 20, and what follows goes as deep as they do.
    constexpr int deepest = 100;
    if (const int nesting = nestingOf(json); nesting > deepest)
        throw Error(ErrorKind::Damaged, "The model configuration in " + fileName + " is damaged (nested " +
                                            std::to_string(nesting) + " deep, expected " +
                                            std::to_string(deepest) + " at most)");
    try {
        return read(Json::parse(json), fileName);
    } catch (const Json::exception &error) {
        throw Error(ErrorKind::Damaged,
                    "The model configuration in " + fileName + " is damaged (" + error.what() + ")");
    }
}

} // namespace reslens
