# SPDX-License-Identifier: GPL-3.0-or-later
"""A trainable Inception-ResNet-v2 over the topology of tests/reference, and its way from and to Keras' weight files."""

import re
import sys
from pathlib import Path

import h5py
import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tests" / "reference"))

import keras_file
from inception_resnet_v2 import EPSILON, inception_resnet_v2

BLOCKS = (10, 20, 10)
STATISTICS_MOMENTUM = 0.02


def scaled(filters, width):
    """Channels of a convolution that has `filters` in the published network."""
    return max(1, int(filters * width + 0.5))


class Network(torch.nn.Module):
    """N×3×S×S images in [-1, 1] to N × classes logits.

    Parameters are called as in inception_resnet_v2.Torch, "conv2d#3 kernel"; new ones are made by the first forward
    pass: He-normal kernels (He et al. 2015), the `up` convolutions and the classifier small. Batch normalizations have
    no gamma, as Keras' network.
    """

    def __init__(self, width, classes):
        super().__init__()
        self.width, self.classes = width, classes
        self.weights = torch.nn.ParameterDict()
        with torch.no_grad():
            self(torch.zeros(2, 3, 75, 75))

    def forward(self, x):
        self.numbered = 0
        inception_resnet_v2(self, x, BLOCKS)
        return self.logits

    def _parameter(self, name, *shape, deviation=0.0):
        if name not in self.weights:
            values = torch.randn(shape) * deviation
            if len(shape) == 4:
                values = values.to(memory_format=torch.channels_last)
            self.weights[name] = torch.nn.Parameter(values)
        return self.weights[name]

    def _statistics(self, name, filters):
        key = name.replace("#", "_")
        if not hasattr(self, f"{key}_mean"):
            self.register_buffer(f"{key}_mean", torch.zeros(filters))
            self.register_buffer(f"{key}_variance", torch.ones(filters))
        return getattr(self, f"{key}_mean"), getattr(self, f"{key}_variance")

    def alias(self, _address, x):
        return x

    def conv(self, _address, x, filters, kernel, stride=1, valid=False, name=None):
        height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        if name is None:
            name = f"conv2d#{self.numbered}"
            self.numbered += 1
        filters, inputs = scaled(filters, self.width), x.shape[1]
        deviation = (2 / (inputs * height * width)) ** 0.5
        weights = self._parameter(f"{name} kernel", filters, inputs, height, width, deviation=deviation)
        y = F.conv2d(x, weights, stride=stride, padding=0 if valid else (height // 2, width // 2))
        mean, variance = self._statistics(name, filters)
        y = F.batch_norm(y, mean, variance, bias=self._parameter(f"{name} beta", filters), training=self.training,
                         momentum=STATISTICS_MOMENTUM, eps=EPSILON)
        return F.relu(y, inplace=True)

    def max_pool(self, _address, x):
        return F.max_pool2d(x, 3, 2)

    def average_pool(self, _address, x):
        return F.avg_pool2d(x, 3, 1, padding=1, count_include_pad=False)

    def concatenate(self, _address, _name, inputs):
        return torch.cat(inputs, 1)

    def add_residual(self, block, x, mixed, scale, relu):
        filters, inputs = x.shape[1], mixed.shape[1]
        kernel = self._parameter(f"{block}_conv kernel", filters, inputs, 1, 1, deviation=(1 / inputs) ** 0.5)
        y = x + scale * F.conv2d(mixed, kernel, self._parameter(f"{block}_conv bias", filters))
        return F.relu(y, inplace=True) if relu else y

    def classify(self, x):
        features = x.mean((2, 3))
        kernel = self._parameter("predictions kernel", features.shape[1], self.classes, deviation=0.01)
        self.logits = features @ kernel + self._parameter("predictions bias", self.classes)


def _names(group, attribute):
    # h5py reads fixed-length strings as bytes, others as str.
    return [name.decode() if isinstance(name, bytes) else name for name in group.attrs[attribute]]


def _parts(layers):
    """Pairs of a layer's name in the file and in Network, from the names of all layers."""
    for kind in ("conv2d", "batch_normalization"):
        numbered = [name for name in layers if re.fullmatch(rf"{kind}(_\d+)?", name)]
        for i, name in enumerate(sorted(numbered, key=lambda name: int(name[len(kind) + 1:] or 0))):
            yield name, f"conv2d#{i}"
    for name in layers:
        if re.fullmatch(r"block\d+_\d+_conv|predictions|conv_7b(_bn)?", name):
            yield name, name.removesuffix("_bn")


def load(network, path):
    """Takes over the weights of a file in Keras' legacy layout."""
    state = network.state_dict()
    missing = set(state)
    with h5py.File(path) as file:
        layers = _names(file, "layer_names")
        for layer, name in _parts(layers):
            for weight in _names(file[layer], "weight_names"):
                values = torch.from_numpy(np.asarray(file[layer][weight], np.float32))
                part = weight.split("/")[-1].split(":")[0]
                if part.startswith("moving_"):
                    key = f"{name.replace('#', '_')}_{part.removeprefix('moving_')}"
                else:
                    key = f"weights.{name} {part}"
                state[key].copy_(values.permute(3, 2, 0, 1) if values.ndim == 4 else values)
                missing.discard(key)
    if missing:
        raise SystemExit(f"{path} has no values for {', '.join(sorted(missing)[:3])}, …")


def place_of(key):
    """The layer and part of an entry of Network's state dictionary: "conv2d#3" and "kernel"."""
    if key.startswith("weights."):
        return key.removeprefix("weights.").split(" ")
    name, part = key.rsplit("_", 1)
    return re.sub(r"^conv2d_", "conv2d#", name), part


def save(state, path, attributes):
    """Writes a state dictionary of Network as Keras' save_weights does, float32."""
    weights = {}
    for key, values in state.items():
        name, part = place_of(key)
        weights.setdefault(name, {})[part] = values.detach().float()
    keras_file.write(path, weights, BLOCKS, attributes=attributes)
