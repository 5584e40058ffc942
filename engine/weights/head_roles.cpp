// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/weights/head_roles.h"

#include "engine/error.h"

#include <algorithm>
#include <array>

namespace reslens {

namespace {

bool isDense(const StoredLayer &layer)
{
    const StoredWeight *kernel = layer.find("kernel");
    return kernel && kernel->dimensions.size() == 2 &&
           layer.weights.size() == std::size_t(layer.find("bias") ? 2 : 1);
}

bool isNormalization(const StoredLayer &layer)
{
    return layer.find("moving_mean") && layer.find("moving_variance");
}

hsize_t inputsOf(const StoredLayer &dense)
{
    return dense.find("kernel")->dimensions.front();
}

hsize_t unitsOf(const StoredLayer &dense)
{
    return dense.find("kernel")->dimensions.back();
}

/// Puts a head together layer by layer.
class Head
{
public:
    explicit Head(const std::string &fileName) : m_fileName(fileName) {}

    void dense(const StoredLayer &layer)
    {
        m_roles.push_back({.layers = {&layer, nullptr, m_pending}, .inputEpsilon = m_pendingEpsilon});
        m_pending = nullptr;
    }

    /// A batch normalization goes into the dense layer before it where nothing is between them, else into the
    /// next one.
    void normalization(const StoredLayer &layer, float epsilon, bool afterRelu)
    {
        if (!m_roles.empty() && !afterRelu && !m_roles.back().layers.normalization && !m_pending) {
            m_roles.back().layers.normalization = &layer;
            m_roles.back().epsilon = epsilon;
            return;
        }
        if (m_pending)
            throw Error(ErrorKind::Unsupported,
                        layer.name + " in " + m_fileName + " follows " + m_pending->name +
                            "; expected one batch normalization between dense layers");
        m_pending = &layer;
        m_pendingEpsilon = epsilon;
    }

    bool isPending() const { return m_pending != nullptr; }
    bool isEmpty() const { return m_roles.empty(); }
    HeadRole &last() { return m_roles.back(); }

    std::vector<HeadRole> take()
    {
        if (m_pending)
            throw Error(ErrorKind::Unsupported,
                        m_pending->name + " in " + m_fileName +
                            " follows the last ReLU; expected a dense layer after it");
        return std::move(m_roles);
    }

private:
    const std::string &m_fileName;
    std::vector<HeadRole> m_roles;
    const StoredLayer *m_pending = nullptr; ///< a batch normalization that waits for the next dense layer
    float m_pendingEpsilon = HeadRole{}.inputEpsilon;
};

/// The stored layers of one kind, which have the order of the model.
class Queue
{
public:
    Queue(const std::vector<StoredLayer *> &layers, bool (*wanted)(const StoredLayer &))
    {
        std::ranges::copy_if(layers, std::back_inserter(m_layers),
                             [&](StoredLayer *layer) { return wanted(*layer); });
    }

    StoredLayer &next(const ConfiguredLayer &layer, const std::string &fileName)
    {
        if (m_used == m_layers.size())
            throw Error(ErrorKind::MissingLayer, layer.name + " (" + layer.className + ") is missing from " +
                                                     fileName + ", whose configuration has it");
        return *m_layers[m_used++];
    }

private:
    std::vector<StoredLayer *> m_layers;
    std::size_t m_used = 0;
};

bool doesNothing(const ConfiguredLayer &layer, bool pooled)
{
    constexpr std::array names{
        "Dropout",          "AlphaDropout",           "GaussianDropout", "GaussianNoise", "SpatialDropout1D",
        "SpatialDropout2D", "ActivityRegularization", "Identity",        "InputLayer"};
    return std::ranges::find(names, layer.className) != names.end() ||
           (pooled && layer.className == "Flatten") ||
           (layer.className == "Activation" && layer.activation == "linear");
}

/// Follows the head as the configuration describes it.
class ConfiguredHead
{
public:
    ConfiguredHead(const std::vector<StoredLayer *> &stored, const std::string &fileName)
        : m_dense(stored, isDense), m_normalizations(stored, isNormalization), m_fileName(fileName),
          m_head(fileName)
    {
    }

    std::vector<HeadRole> follow(const std::vector<ConfiguredLayer> &layers)
    {
        for (const ConfiguredLayer &layer : layers) {
            if (layer.className == "GlobalAveragePooling2D" && !m_pooled)
                m_pooled = true;
            else if (layer.className == "Dense" && m_pooled && !m_finished)
                dense(layer);
            else if (layer.className == "BatchNormalization" && m_pooled && !m_finished)
                normalization(layer);
            else if (!doesNothing(layer, m_pooled))
                activate(layer);
        }
        if (!m_finished)
            throw Error(ErrorKind::Unsupported, m_head.last().layers.layer->name + " in " + m_fileName +
                                                    " ends the head without a softmax; expected one");
        return m_head.take();
    }

private:
    void dense(const ConfiguredLayer &layer)
    {
        const StoredLayer &stored = m_dense.next(layer, m_fileName);
        if (layer.bias && !stored.find("bias"))
            throw Error(ErrorKind::MissingLayer, stored.name + " in " + m_fileName + " has no bias");
        m_head.dense(stored);
        m_relu = false;
        if (layer.activation != "linear")
            activate(layer);
    }

    void normalization(const ConfiguredLayer &layer)
    {
        StoredLayer &stored = m_normalizations.next(layer, m_fileName);
        // Keras 3's layout numbers the weights, and a third one is taken for the centre.
        if (layer.scale && !layer.center && !stored.find("gamma"))
            stored.weights.front().name = "gamma";
        m_head.normalization(stored, layer.epsilon, m_relu);
    }

    void activate(const ConfiguredLayer &layer)
    {
        const bool ready = !m_head.isEmpty() && !m_head.isPending() && !m_finished;
        if (ready && layer.activation == "relu")
            m_relu = m_head.last().relu = true;
        else if (ready && layer.activation == "softmax" && !m_relu)
            m_finished = true;
        else
            refuse(layer);
    }

    [[noreturn]] void refuse(const ConfiguredLayer &layer) const
    {
        const std::string what =
            layer.activation.empty() ? layer.className : layer.className + ", " + layer.activation;
        throw Error(ErrorKind::Unsupported,
                    layer.name + " (" + what + ") in " + m_fileName +
                        " is not supported in a head; expected global average pooling, dense layers with "
                        "ReLU, batch normalization and dropout, and a softmax at the end");
    }

    Queue m_dense;
    Queue m_normalizations;
    const std::string &m_fileName;
    Head m_head;
    bool m_pooled = false;
    bool m_relu = false; ///< the last dense layer's ReLU has been met
    bool m_finished = false;
};

/// The head's layers in the model's order. Where the file has only the order within a class, a batch
/// normalization is put where its width fits. `pooled` is the number of values after the pooling.
std::vector<StoredLayer *> inOrder(const std::vector<StoredLayer *> &stored, bool inModelOrder,
                                   hsize_t pooled, const std::string &fileName)
{
    if (inModelOrder)
        return stored;
    std::vector<StoredLayer *> sequence;
    std::ranges::copy_if(stored, std::back_inserter(sequence),
                         [](const StoredLayer *layer) { return isDense(*layer); });
    for (StoredLayer *normalization : stored) {
        if (!isNormalization(*normalization))
            continue;
        const std::vector<hsize_t> &width = normalization->find("moving_variance")->dimensions;
        std::vector<std::size_t> places;
        for (std::size_t place = 0; place <= sequence.size(); ++place) {
            // The places right after a batch normalization are taken.
            if (place > 0 && !isDense(*sequence[place - 1]))
                continue;
            const hsize_t here = place == 0 ? pooled : unitsOf(*sequence[place - 1]);
            if (width == std::vector{here} && (place == sequence.size() || isDense(*sequence[place])))
                places.push_back(place);
        }
        if (places.size() != 1)
            throw Error(ErrorKind::Unsupported,
                        normalization->name + " in " + fileName + " fits " +
                            (places.empty() ? "nowhere" : "in several places") +
                            " in the head, and the file does not tell where it is; expected one place: save "
                            "the whole model as .keras");
        sequence.insert(sequence.begin() + std::ptrdiff_t(places.front()), normalization);
    }
    return sequence;
}

bool isActivation(const std::string &name)
{
    return name.starts_with("activation") || name.starts_with("re_lu");
}

/// Whether the file tells of activations in the head that are layers of their own: right after this batch
/// normalization, where it lists all layers in the model's order; otherwise anywhere, beyond those that the
/// network itself has.
bool hasActivationAfter(const StoredLayer &normalization, const StoredLayer &next, const LayerRoles &roles,
                        const StoredNetwork &network)
{
    const std::vector<std::string> &names = network.layerNames;
    if (network.inModelOrder) {
        const auto from = std::ranges::find(names, normalization.name);
        const auto to = std::find(from, names.end(), next.name);
        return std::any_of(from, to, isActivation);
    }
    // After each numbered convolution, each residual block but the last, and conv_7b.
    const auto own = std::ptrdiff_t(roles.numbered.size() + roles.residual.size());
    return std::ranges::count_if(names, isActivation) > own;
}

std::vector<HeadRole> guessHead(const std::vector<StoredLayer *> &sequence, const LayerRoles &roles,
                                const StoredNetwork &network, const std::string &fileName)
{
    Head head(fileName);
    for (std::size_t i = 0; i < sequence.size(); ++i) {
        const StoredLayer *layer = sequence[i];
        if (!isDense(*layer)) {
            // Who leaves the dense layer its bias has mostly given it its ReLU, too.
            const bool last = i + 1 == sequence.size();
            head.normalization(*layer, HeadRole{}.epsilon,
                               !last && !head.isEmpty() && head.last().layers.layer->find("bias") &&
                                   !hasActivationAfter(*layer, *sequence[i + 1], roles, network));
            continue;
        }
        head.dense(*layer);
        head.last().relu = true;
    }
    head.last().relu = false;
    std::vector<HeadRole> guessed = head.take();
    for (const HeadRole &role : guessed)
        if (!role.layers.layer->find("bias") && !role.layers.normalization)
            throw Error(ErrorKind::MissingLayer,
                        role.layers.layer->name + " in " + fileName + " has no bias");
    return guessed;
}

void checkOthers(const LayerRoles &roles, const std::string &fileName)
{
    for (const StoredLayer *layer : roles.others)
        if (!isDense(*layer) && !isNormalization(*layer))
            throw Error(
                ErrorKind::Unsupported,
                layer->name + " in " + fileName +
                    " is neither a layer of the network nor one that is supported in a head; expected "
                    "dense layers and batch normalizations only");
}

/// What the names and shapes of a file without configuration tell about its pooling.
void checkPooling(const LayerRoles &roles, const StoredNetwork &network, hsize_t pooled,
                  const std::string &fileName)
{
    const auto maximum = std::ranges::find_if(
        network.layerNames, [](const std::string &name) { return name.starts_with("global_max_pooling2d"); });
    if (maximum != network.layerNames.end())
        throw Error(ErrorKind::Unsupported,
                    *maximum + " in " + fileName + " takes the maximum; expected global average pooling");
    const auto first =
        std::ranges::find_if(roles.others, [](const StoredLayer *layer) { return isDense(*layer); });
    const hsize_t inputs = inputsOf(**first);
    if (pooled > 0 && inputs > pooled && inputs % pooled == 0)
        throw Error(ErrorKind::Unsupported, (*first)->name + " in " + fileName + " takes " +
                                                std::to_string(inputs) +
                                                " values, probably of a Flatten; "
                                                "expected the " +
                                                std::to_string(pooled) + " of a global average pooling");
}

} // namespace

void assignHead(LayerRoles &roles, const StoredNetwork &network, const std::optional<ModelConfig> &config,
                const std::string &fileName)
{
    const bool configured =
        config && std::ranges::find(config->head, "Dense", &ConfiguredLayer::className) != config->head.end();
    if (configured) {
        roles.head = ConfiguredHead(roles.others, fileName).follow(config->head);
    } else {
        checkOthers(roles, fileName);
        if (std::ranges::none_of(roles.others, [](const StoredLayer *layer) { return isDense(*layer); }))
            return;
        const std::vector<hsize_t> &last = roles.last.layer->find("kernel")->dimensions;
        const hsize_t pooled = last.empty() ? 0 : last.back();
        checkPooling(roles, network, pooled, fileName);
        roles.head = guessHead(inOrder(roles.others, network.inModelOrder, pooled, fileName), roles, network,
                               fileName);
    }
    const StoredLayer &last = *roles.head.back().layers.layer;
    if (unitsOf(last) == 1)
        throw Error(
            ErrorKind::Unsupported,
            last.name + " in " + fileName +
                " has a single output, as for a sigmoid; expected a softmax over two classes or more");
}

} // namespace reslens
