# SPDX-License-Identifier: GPL-3.0-or-later
"""InceptionResNetV2 as keras.applications builds it, layer by layer and name by name, but of any width and with any
number of blocks; and random weights for it. Works with tf_keras and with Keras 3."""

import math

import numpy as np


def application(keras, width, blocks, *, top=None, pooling=None, size=75, input_tensor=None):
    """`top` is a number of classes, or None as with include_top=False."""
    layers = keras.layers

    class CustomScaleLayer(layers.Layer):
        def __init__(self, scale, **options):
            super().__init__(**options)
            self.scale = scale

        def get_config(self):
            return {**super().get_config(), "scale": self.scale}

        def call(self, inputs):
            return inputs[0] + inputs[1] * self.scale

    def conv(x, filters, kernel, strides=1, padding="same", name=None):
        x = layers.Conv2D(max(2, round(filters * width)), kernel, strides=strides, padding=padding, use_bias=False,
                          name=name)(x)
        x = layers.BatchNormalization(axis=3, scale=False, name=name and f"{name}_bn")(x)
        return layers.Activation("relu", name=name and f"{name}_ac")(x)

    def residual(x, scale, name, branches, activation="relu"):
        mixed = layers.Concatenate(axis=3, name=f"{name}_mixed")(branches)
        up = layers.Conv2D(x.shape[3], 1, padding="same", use_bias=True, name=f"{name}_conv")(mixed)
        x = CustomScaleLayer(scale)([x, up])
        return x if activation is None else layers.Activation(activation, name=f"{name}_ac")(x)

    image = layers.Input((size, size, 3)) if input_tensor is None else input_tensor
    x = conv(image, 32, 3, 2, "valid")
    x = conv(x, 32, 3, padding="valid")
    x = conv(x, 64, 3)
    x = layers.MaxPooling2D(3, strides=2)(x)
    x = conv(x, 80, 1, padding="valid")
    x = conv(x, 192, 3, padding="valid")
    x = layers.MaxPooling2D(3, strides=2)(x)

    b0 = conv(x, 96, 1)
    b1 = conv(conv(x, 48, 1), 64, 5)
    b2 = conv(conv(conv(x, 64, 1), 96, 3), 96, 3)
    b3 = conv(layers.AveragePooling2D(3, strides=1, padding="same")(x), 64, 1)
    x = layers.Concatenate(axis=3, name="mixed_5b")([b0, b1, b2, b3])
    for i in range(1, blocks[0] + 1):
        b0 = conv(x, 32, 1)
        b1 = conv(conv(x, 32, 1), 32, 3)
        b2 = conv(conv(conv(x, 32, 1), 48, 3), 64, 3)
        x = residual(x, 0.17, f"block35_{i}", [b0, b1, b2])

    b0 = conv(x, 384, 3, 2, "valid")
    b1 = conv(conv(conv(x, 256, 1), 256, 3), 384, 3, 2, "valid")
    b2 = layers.MaxPooling2D(3, strides=2, padding="valid")(x)
    x = layers.Concatenate(axis=3, name="mixed_6a")([b0, b1, b2])
    for i in range(1, blocks[1] + 1):
        b0 = conv(x, 192, 1)
        b1 = conv(conv(conv(x, 128, 1), 160, (1, 7)), 192, (7, 1))
        x = residual(x, 0.1, f"block17_{i}", [b0, b1])

    b0 = conv(conv(x, 256, 1), 384, 3, 2, "valid")
    b1 = conv(conv(x, 256, 1), 288, 3, 2, "valid")
    b2 = conv(conv(conv(x, 256, 1), 288, 3), 320, 3, 2, "valid")
    b3 = layers.MaxPooling2D(3, strides=2, padding="valid")(x)
    x = layers.Concatenate(axis=3, name="mixed_7a")([b0, b1, b2, b3])
    for i in range(1, blocks[2] + 1):
        last = i == blocks[2]
        b0 = conv(x, 192, 1)
        b1 = conv(conv(conv(x, 192, 1), 224, (1, 3)), 256, (3, 1))
        x = residual(x, 1.0 if last else 0.2, f"block8_{i}", [b0, b1], None if last else "relu")

    x = conv(x, 1536, 1, name="conv_7b")
    if top:
        x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
        x = layers.Dense(top, activation="softmax", name="predictions")(x)
    elif pooling == "avg":
        x = layers.GlobalAveragePooling2D()(x)
    elif pooling == "max":
        x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(image, x, name="inception_resnet_v2")


def leaves(model):
    for layer in model.layers:
        yield from leaves(layer) if hasattr(layer, "layers") else [layer]


def randomize(model, seed):
    """Weights of few values, which compress well, and with which activations stay of order 1."""
    for index, layer in enumerate(leaves(model)):
        random = np.random.default_rng([seed, index])
        values = []
        for weight in layer.weights:
            name = weight.name.split("/")[-1].split(":")[0]
            shape = tuple(weight.shape)
            if name == "kernel":
                fan_in = math.prod(shape[:-1])
                step = np.float16(math.sqrt(3 / fan_in))
                values.append(random.choice([-1, 0, 1], shape) * step)
            elif name in ("gamma", "moving_variance"):
                values.append(random.choice([0.5, 1, 1.5], shape))
            elif name == "beta":
                values.append(random.choice([0.125, 0.25, 0.5], shape))
            elif name in ("bias", "moving_mean"):
                values.append(random.choice([-0.25, 0, 0.25], shape))
            else:
                values.append(np.asarray(weight))
        if values:
            layer.set_weights(values)
