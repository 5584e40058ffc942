# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes weights as Keras 2 does (`model.save_weights("….h5")`, the "legacy" HDF5 layout)."""

import h5py
import numpy as np

from inception_resnet_v2 import inception_resnet_v2

# keras.saving: HDF5_OBJECT_HEADER_LIMIT, above which an attribute is split.
HEADER_LIMIT = 64512


class KerasGraph:
    """Interprets the topology as Keras' layers: `layers` maps each name to (inputs, key of its weights or None).

    start: the number that the session gives to its next layer of each kind; 0 is the unnumbered "conv2d".
    """

    def __init__(self, start=0, batch_normalization_start=None):
        self.layers = {}
        self.start = {"batch_normalization": start if batch_normalization_start is None else batch_normalization_start}
        self.default_start = start
        self.convolutions = 0

    def _layer(self, name, inputs, weights=None):
        self.layers[name] = (inputs, weights)
        return name

    def _numbered(self, kind, inputs, weights=None):
        number = self.start.get(kind, self.default_start)
        self.start[kind] = number + 1
        return self._layer(f"{kind}_{number}" if number else kind, inputs, weights)

    def image(self):
        return self._layer("input_1", [])

    def alias(self, _address, x):
        return x

    def conv(self, _address, x, _filters, _kernel, _stride=1, valid=False, name=None):
        if name:
            x = self._layer(name, [x], (name, "kernel"))
            x = self._layer(f"{name}_bn", [x], (name, "beta", "mean", "variance"))
            return self._layer(f"{name}_ac", [x])
        key = f"conv2d#{self.convolutions}"
        self.convolutions += 1
        x = self._numbered("conv2d", [x], (key, "kernel"))
        x = self._numbered("batch_normalization", [x], (key, "beta", "mean", "variance"))
        return self._numbered("activation", [x])

    def max_pool(self, _address, x):
        return self._numbered("max_pooling2d", [x])

    def average_pool(self, _address, x):
        return self._numbered("average_pooling2d", [x])

    def concatenate(self, _address, name, inputs):
        return self._layer(name, inputs)

    def add_residual(self, block, x, mixed, _scale, relu):
        up = self._layer(f"{block}_conv", [mixed], (f"{block}_conv", "kernel", "bias"))
        x = self._layer(block, [x, up])
        return self._layer(f"{block}_ac", [x]) if relu else x

    def classify(self, x):
        x = self._layer("avg_pool", [x])
        self._layer("predictions", [x], ("predictions", "kernel", "bias"))

    def file_order(self):
        """`model.layers`: by falling distance from the output, then in the order of a depth-first walk from it."""
        names = list(self.layers)
        visited, finished = {}, []

        def walk(name):
            visited[name] = len(visited)
            for source in self.layers[name][0]:
                if source not in visited:
                    walk(source)
            finished.append(name)

        walk(names[-1])
        depth = dict.fromkeys(names, 0)
        for name in reversed(finished):
            for source in self.layers[name][0]:
                depth[source] = max(depth[source], depth[name] + 1)
        return sorted(names, key=lambda name: (-depth[name], visited[name]))


KERAS_NAMES = {"kernel": "kernel", "bias": "bias", "beta": "beta", "mean": "moving_mean", "variance": "moving_variance"}


def _keras_array(weights, dtype):
    values = weights.numpy()
    return (values.transpose(2, 3, 1, 0) if values.ndim == 4 else values).astype(dtype)


def _write_names(group, attribute, names, limit):
    """keras.saving.save_attributes_to_hdf5_group"""
    data = [name.encode() for name in names]
    chunks = 1
    while any(part.nbytes > limit for part in np.array_split(np.asarray(data), chunks)):
        chunks += 1
    if chunks == 1:
        group.attrs[attribute] = data
        return
    for i, part in enumerate(np.array_split(np.asarray(data), chunks)):
        group.attrs[f"{attribute}{i}"] = part


def write(path, weights, blocks, *, start=0, batch_normalization_start=None, top=True, shuffle_seed=None,
          dtype=np.float32, gzip=False, compact=False, attribute_limit=HEADER_LIMIT, attributes=None):
    """Writes `weights` (see inception_resnet_v2.Torch).

    start, batch_normalization_start: see KerasGraph. top: False leaves the classifier out. shuffle_seed: lists and
    stores the layers in a random order. compact: uses HDF5 1.10's small groups and indices, as `h5py.File(libver=…)`
    does, instead of those of HDF5 1.0. attribute_limit: bytes above which layer_names is split. attributes: further
    attributes of the root.
    """
    graph = KerasGraph(start, batch_normalization_start)
    inception_resnet_v2(graph, graph.image(), blocks, top)
    order = graph.file_order()
    if shuffle_seed is not None:
        order = [order[i] for i in np.random.default_rng(shuffle_seed).permutation(len(order))]
    with h5py.File(path, "w", libver=("v110", "v110") if compact else None) as file:
        _write_names(file, "layer_names", order, attribute_limit)
        file.attrs["backend"] = b"tensorflow"
        file.attrs["keras_version"] = b"2.11.0"
        for key, value in (attributes or {}).items():
            file.attrs[key] = value
        for name in order:
            group = file.create_group(name)
            key, *parts = graph.layers[name][1] or (None,)
            _write_names(group, "weight_names", [f"{name}/{KERAS_NAMES[part]}:0" for part in parts], HEADER_LIMIT)
            for part in parts:
                values = _keras_array(weights[key][part], dtype)
                # A compressed dataset has an index of its own, which outweighs a short vector.
                storage = {"compression": "gzip", "compression_opts": 9, "shuffle": True, "chunks": values.shape}
                group.create_dataset(f"{name}/{KERAS_NAMES[part]}:0", data=values,
                                     **(storage if gzip and values.nbytes > 4096 else {}))
