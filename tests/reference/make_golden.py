# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/golden: narrow networks with random weights, and what an independent implementation computes.

For each network NAME, NAME.h5 is a Keras weight file and NAME.reference.h5 holds `input` (8-bit RGB, H×W×3) and one
float32 dataset H×W×C a tensor address, computed in float64.
"""

import argparse
import pathlib

import h5py
import numpy as np

import images
import keras_file
from inception_resnet_v2 import create, run

DETAILS = ("input", "branch_", "mixed", "residual", "sum", "conv_", "pool_")

# Kernels of the larger networks have few levels, so that gzip shrinks them.
NETWORKS = {
    "plain": {"width": 0.09, "blocks": (1, 1, 1), "classes": 10, "size": 75, "every_tensor": True},
    "shuffled": {"width": 0.11, "blocks": (2, 3, 2), "classes": 3, "size": 96, "levels": 3, "every_tensor": True,
                 "options": {"start": 1, "shuffle_seed": 5, "attribute_limit": 2048, "gzip": True, "compact": True}},
    "quarter": {"width": 0.25, "blocks": (1, 2, 1), "classes": 1000, "size": 107, "levels": 3, "multiple": 4,
                "options": {"start": 412, "batch_normalization_start": 398, "dtype": np.float16, "gzip": True}},
    "deep": {"width": 0.125, "blocks": (10, 20, 10), "classes": 7, "size": 83, "levels": 3, "multiple": 4,
             "options": {"dtype": np.float16, "gzip": True, "compact": True, "attributes": {
                 "reslens_input_size": 83,
                 "reslens_about": "Random weights, calibrated batch normalizations.",
                 "reslens_class_names": [b"ant", b"bee", b"cat", b"dog", b"elk", b"fox", b"gnu"],
                 "reslens_wnids": [b"n%08d" % i for i in range(1, 8)]}}},
    "wide": {"width": 0.5, "blocks": (1, 1, 1), "classes": 5, "size": 86, "levels": 2,
             "options": {"start": 1, "dtype": np.float16, "gzip": True, "compact": True}},
    "notop": {"width": 0.13, "blocks": (1, 1, 2), "classes": 0, "size": 139, "levels": 3,
              "options": {"start": 7, "top": False, "dtype": np.float16, "gzip": True, "compact": True}},
}


def check_order(logits):
    """The top-5 must not depend on rounding."""
    ordered = np.sort(logits)[::-1][:6]
    gaps = -np.diff(ordered)
    assert gaps.min() > 2e-3 * np.linalg.norm(logits) / np.sqrt(logits.size), gaps


def write_reference(path, image, tensors):
    with h5py.File(path, "w", libver=("v110", "v110")) as file:
        file.create_dataset("input", data=image, compression="gzip", compression_opts=9)
        # Groups that HDF5 makes on the way to a dataset would store the time.
        for block in dict.fromkeys(address.split("/")[0] for address in tensors):
            file.create_group(block)
        first = {}
        for address, values in tensors.items():
            # Two addresses of one tensor ("block35_2/input") share its data.
            same = first.setdefault(values.__array_interface__["data"][0], address)
            if same != address:
                file[address] = file[same]
            else:
                file.create_dataset(address, data=values.astype(np.float32), compression="gzip", compression_opts=9,
                                    shuffle=True, chunks=values.shape)


def make(folder, seed, name, width, blocks, classes, size, multiple=1, levels=0, every_tensor=False,
         options=None):
    weights = create(images.calibration(size, 24, seed), blocks, classes, seed=seed, width=width, multiple=multiple,
                     levels=levels, dtype=np.float16)
    keras_file.write(folder / f"{name}.h5", weights, blocks, **(options or {}))
    image = images.structured(size, [seed, 1000])
    tensors = run(weights, image[None], blocks, classes > 0)
    tensors = {address: values[0] for address, values in tensors.items()
               if every_tensor or not address.split("/")[1].startswith(DETAILS)}
    if classes:
        check_order(tensors["predictions/logits"].ravel())
    write_reference(folder / f"{name}.reference.h5", image, tensors)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    default = pathlib.Path(__file__).parent.parent / "data" / "golden"
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=default)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for seed, (name, network) in enumerate(NETWORKS.items(), 11):
        make(folder, seed, name, **network)
