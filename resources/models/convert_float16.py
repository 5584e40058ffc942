#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the embedded model from a trained network: the same Keras layer groups with float16 weights.

    convert_float16.py TRAINED.h5 EMBEDDED.h5 ABOUT.txt

Needs h5py and numpy. ABOUT.txt is what the model says of itself (`reslens_about`).
"""
import sys
from pathlib import Path

import h5py
import numpy as np


def names_of(group: h5py.Group, attribute: str) -> list[str]:
    """Of strings of fixed or of variable length."""
    return [name.decode() if isinstance(name, bytes) else name for name in group.attrs[attribute]]


def copy_weights(source: h5py.Group, target: h5py.Group, name: str) -> None:
    """One weight, "conv2d_1/kernel:0" under its layer, as contiguous float16."""
    values = source[name][...]
    halves = values.astype(np.float16)
    if not np.isfinite(halves).all():
        raise SystemExit(f"{source.name}/{name} does not fit into float16")
    target.create_dataset(name, data=halves)


def convert(trained: Path, embedded: Path, about: str) -> None:
    # The file format of HDF5 1.8 holds the 899 small groups in less space than the oldest one.
    with h5py.File(trained) as source, h5py.File(embedded, "w", libver=("v108", "v108")) as target:
        for key, value in source.attrs.items():
            # Keras' layout, but not written by Keras.
            if key not in ("backend", "keras_version"):
                target.attrs[key] = value
        for key in ("layer_names", "reslens_wnids"):
            target.attrs[key] = np.array(names_of(source, key), dtype=bytes)
        names = [name.replace("_", " ") for name in names_of(source, "reslens_class_names")]
        target.attrs["reslens_class_names"] = np.array(names, dtype=bytes)
        target.attrs["reslens_program"] = "Reslens"
        target.attrs["reslens_about"] = about
        for layer in names_of(source, "layer_names"):
            group = target.create_group(layer)
            weights = names_of(source[layer], "weight_names")
            group.attrs["weight_names"] = np.array(weights, dtype=bytes)
            for weight in weights:
                copy_weights(source[layer], group, weight)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    convert(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]).read_text(encoding="utf-8").strip())
