# SPDX-License-Identifier: GPL-3.0-or-later
"""Inception-ResNet-v2 (Szegedy et al. 2016) in the variant of TF-slim and Keras, in PyTorch.

An implementation that shares nothing with the engine, to compare it with. The topology is one function,
`inception_resnet_v2()`, over an interpreter: `Torch` computes every tensor, `keras_file.KerasGraph` names Keras' layers.
"""

import numpy as np
import torch
import torch.nn.functional as F

EPSILON = 1e-3
OFFICIAL_PARAMETERS = 55_873_736


def inception_resnet_v2(ops, x, blocks=(10, 20, 10), top=True):
    """Interprets the network on image `x`; convolutions appear in the order in which Keras creates them."""

    def branch(address, y, *convolutions):
        """A chain of (filters, kernel[, stride]); stride 2 is VALID. The last one carries the branch's own address."""
        for i, (filters, kernel, *stride) in enumerate(convolutions, 1):
            last = i == len(convolutions)
            y = ops.conv(address if last else f"{address}_conv_{i}", y, filters, kernel, *stride, valid=bool(stride))
        return y

    def residual_block(name, y, scale, branches, relu=True):
        ops.alias(f"{name}/input", y)
        outputs = [branch(f"{name}/branch_{i}", y, *convolutions) for i, convolutions in enumerate(branches)]
        mixed = ops.concatenate(f"{name}/mixed", f"{name}_mixed", outputs)
        return ops.add_residual(name, y, mixed, scale, relu)

    ops.alias("stem/input", x)
    x = ops.conv("stem/conv_1", x, 32, 3, 2, valid=True)
    x = ops.conv("stem/conv_2", x, 32, 3, valid=True)
    x = ops.conv("stem/conv_3", x, 64, 3)
    x = ops.max_pool("stem/pool_1", x)
    x = ops.conv("stem/conv_4", x, 80, 1, valid=True)
    x = ops.conv("stem/conv_5", x, 192, 3, valid=True)
    x = ops.max_pool("stem/pool_2", x)
    x = ops.alias("stem/output", x)

    x = ops.concatenate("mixed_5b/output", "mixed_5b", [
        branch("mixed_5b/branch_0", x, (96, 1)),
        branch("mixed_5b/branch_1", x, (48, 1), (64, 5)),
        branch("mixed_5b/branch_2", x, (64, 1), (96, 3), (96, 3)),
        branch("mixed_5b/branch_3", ops.average_pool("mixed_5b/branch_3_pool", x), (64, 1))])

    for i in range(1, blocks[0] + 1):
        x = residual_block(f"block35_{i}", x, 0.17, [[(32, 1)], [(32, 1), (32, 3)], [(32, 1), (48, 3), (64, 3)]])

    x = ops.concatenate("mixed_6a/output", "mixed_6a", [
        branch("mixed_6a/branch_0", x, (384, 3, 2)),
        branch("mixed_6a/branch_1", x, (256, 1), (256, 3), (384, 3, 2)),
        ops.max_pool("mixed_6a/branch_2", x)])

    for i in range(1, blocks[1] + 1):
        x = residual_block(f"block17_{i}", x, 0.1, [[(192, 1)], [(128, 1), (160, (1, 7)), (192, (7, 1))]])

    x = ops.concatenate("mixed_7a/output", "mixed_7a", [
        branch("mixed_7a/branch_0", x, (256, 1), (384, 3, 2)),
        branch("mixed_7a/branch_1", x, (256, 1), (288, 3, 2)),
        branch("mixed_7a/branch_2", x, (256, 1), (288, 3), (320, 3, 2)),
        ops.max_pool("mixed_7a/branch_3", x)])

    for i in range(1, blocks[2] + 1):
        last = i == blocks[2]
        x = residual_block(f"block8_{i}", x, 1.0 if last else 0.2,
                           [[(192, 1)], [(192, 1), (224, (1, 3)), (256, (3, 1))]], relu=not last)

    x = ops.conv("conv_7b/output", x, 1536, 1, name="conv_7b")
    if top:
        ops.classify(x)


class Torch:
    """Computes every tensor (N×C×H×W) into `tensors`, by address.

    `weights` maps "conv2d#0", "conv2d#1", … (creation order) and the fixed layer names to dictionaries of `kernel`
    (out×in×height×width, or inputs×classes) with either `bias` or `beta`, `mean` and `variance`. A layer that has no
    weights yet gets them from `initializer`, which sees the layer's input.
    """

    def __init__(self, weights, initializer=None):
        self.weights = weights
        self.initializer = initializer
        self.tensors = {}
        self.numbered = 0

    def _weights(self, name, create, *arguments):
        if name not in self.weights:
            self.weights[name] = create(*arguments)
        return {key: value.to(arguments[0].dtype) for key, value in self.weights[name].items()}

    def alias(self, address, x):
        self.tensors[address] = x
        return x

    def conv(self, address, x, filters, kernel, stride=1, valid=False, name=None):
        height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        # SAME at stride 1 with an odd kernel is symmetric; every convolution with stride 2 here is VALID.
        geometry = {"stride": stride, "padding": 0 if valid else (height // 2, width // 2)}
        if name is None:
            name = f"conv2d#{self.numbered}"
            self.numbered += 1
        create = self.initializer and self.initializer.convolution
        w = self._weights(name, create, x, filters, (height, width), geometry)
        y = F.conv2d(x, w["kernel"], **geometry)
        y = F.batch_norm(y, w["mean"], w["variance"], bias=w["beta"], eps=EPSILON)
        return self.alias(address, F.relu(y))

    def max_pool(self, address, x):
        return self.alias(address, F.max_pool2d(x, 3, 2))

    def average_pool(self, address, x):
        return self.alias(address, F.avg_pool2d(x, 3, 1, padding=1, count_include_pad=False))

    def concatenate(self, address, _name, inputs):
        return self.alias(address, torch.cat(inputs, 1))

    def add_residual(self, block, x, mixed, scale, relu):
        create = self.initializer and self.initializer.up
        w = self._weights(f"{block}_conv", create, mixed, x.shape[1])
        residual = self.alias(f"{block}/residual", scale * F.conv2d(mixed, w["kernel"], w["bias"]))
        total = self.alias(f"{block}/sum", x + residual)
        return self.alias(f"{block}/output", F.relu(total) if relu else total)

    def classify(self, x):
        pool = self.alias("predictions/pool", x.mean((2, 3), keepdim=True))
        features = pool.flatten(1)
        create = self.initializer and self.initializer.dense
        w = self._weights("predictions", create, features)
        logits = features @ w["kernel"] + w["bias"]
        self.alias("predictions/logits", logits[:, :, None, None])
        self.alias("predictions/probabilities", F.softmax(logits, 1)[:, :, None, None])


class Initializer:
    """Random weights that keep every layer's activations of order 1: He-normal kernels (He et al. 2015), and batch
    normalizations whose moving mean and variance are those of the layer's output on the calibration images.

    dtype: every weight is representable in this type. levels: kernels are drawn from so many evenly spaced values
    instead of a normal distribution, which lets gzip shrink the file; 0 for normal.
    """

    def __init__(self, seed, width=1.0, multiple=1, classes=1000, dtype=np.float32, levels=0):
        self.random = np.random.default_rng(seed)
        self.width, self.multiple, self.classes = width, multiple, classes
        self.dtype, self.levels = dtype, levels

    def scaled(self, filters):
        return max(self.multiple, int(filters * self.width / self.multiple + 0.5) * self.multiple)

    def _round(self, values):
        return torch.from_numpy(np.asarray(values, np.float64).astype(self.dtype).astype(np.float64))

    def _normal(self, shape, deviation):
        if not self.levels:
            return self._round(self.random.standard_normal(shape) * deviation)
        values = self.random.integers(0, self.levels, shape) * 2 - (self.levels - 1)
        # A power of two keeps the mantissas short.
        step = 2.0 ** np.round(np.log2(deviation / np.sqrt((self.levels**2 - 1) / 3)))
        return self._round(values * step)

    def _kernel(self, x, filters, kernel):
        shape = (filters, x.shape[1], *kernel)
        return self._normal(shape, np.sqrt(2 / np.prod(shape[1:])))

    def convolution(self, x, filters, kernel, geometry):
        filters = self.scaled(filters)
        weights = self._kernel(x, filters, kernel)
        y = F.conv2d(x, weights.to(x.dtype), **geometry)
        return {"kernel": weights,
                "beta": self._round(self.random.normal(0.1, 0.2, filters)),
                "mean": self._round(y.mean((0, 2, 3))),
                "variance": self._round(y.var((0, 2, 3), correction=0).clamp(min=1e-2))}

    def up(self, mixed, filters):
        return {"kernel": self._kernel(mixed, filters, (1, 1)),
                "bias": self._round(self.random.normal(0, 0.1, filters))}

    def dense(self, features):
        # Logits spread over a few units, so that the order of the classes is not a matter of rounding.
        deviation = 3 / features.norm(dim=1).mean().item()
        return {"kernel": self._normal((features.shape[1], self.classes), deviation),
                "bias": self._round(self.random.normal(0, 0.1, self.classes))}


def preprocess(images):
    """8-bit RGB, N×H×W×3, to the network's input in [-1, 1], N×3×H×W, float64."""
    return torch.from_numpy(images.astype(np.float64) / 127.5 - 1).permute(0, 3, 1, 2).contiguous()


@torch.no_grad()
def create(images, blocks, classes, **initializer):
    """Weights of a new network, calibrated on 8-bit images; no top for 0 classes."""
    network = Torch({}, Initializer(classes=classes, **initializer))
    inception_resnet_v2(network, preprocess(images), blocks, classes > 0)
    return network.weights


@torch.no_grad()
def run(weights, images, blocks, top=True, dtype=torch.float64):
    """Every tensor by address, N×H×W×C, for 8-bit images."""
    network = Torch(weights)
    # The engine gets float32 pixels.
    inception_resnet_v2(network, preprocess(images).float().to(dtype), blocks, top)
    return {address: tensor.permute(0, 2, 3, 1).numpy() for address, tensor in network.tensors.items()}


def parameter_count(weights):
    return sum(value.numel() for layer in weights.values() for value in layer.values())
