# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares inception_resnet_v2.py and keras_file.py with Keras 2 at full size; exits with an error where they differ."""

import os
import pathlib
import re
import tempfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import h5py
import numpy as np
import tf_keras

import images
import keras_file
from inception_resnet_v2 import OFFICIAL_PARAMETERS, create, parameter_count, run

BLOCKS = (10, 20, 10)


def layers(path):
    """[(layer name, [(weight name, shape, type), …]), …]; the layer that adds a residual has had several names."""
    with h5py.File(path) as file:
        return [("add_residual" if re.fullmatch(r"custom_scale_layer.*|block\d+_\d+", name) else name,
                 [(weight, file[name][weight].shape, file[name][weight].dtype)
                  for weight in file[name].attrs["weight_names"]])
                for name in file.attrs["layer_names"]]


def keras_layer(model, address):
    block = address.split("/")[0]
    if block == "stem":
        return [layer for layer in model.layers if isinstance(layer, tf_keras.layers.MaxPooling2D)][1]
    if block == f"block8_{BLOCKS[2]}":
        return [layer for layer in model.layers if "scale" in layer.name][-1]
    return model.get_layer(block if block.startswith("mixed") else f"{block}_ac")


def relative_error(a, b):
    return np.linalg.norm(a - b) / np.linalg.norm(b)


def main(folder):
    weights = create(images.calibration(299, 4, 7), BLOCKS, 1000, seed=299)
    photos = np.stack([images.noise(299, 1), images.structured(299, 2)])
    reference = run(weights, photos, BLOCKS)
    model = tf_keras.applications.InceptionResNetV2(weights=None)
    assert model.count_params() == parameter_count(weights) == OFFICIAL_PARAMETERS

    model.save_weights(folder / "keras.h5")
    for name, options in {"none": {}, "1": {"start": 1}, "412": {"start": 412}}.items():
        path = folder / f"{name}.h5"
        keras_file.write(path, weights, BLOCKS, **options)
        if not options:
            assert layers(path) == layers(folder / "keras.h5")
        # Keras matches layers by their order in the file, not by name.
        model.load_weights(path)
        addresses = [address for address in reference if address.endswith("/output")]
        outputs = tf_keras.Model(model.input, [keras_layer(model, address).output for address in addresses]
                                 + [model.output]).predict((photos / 127.5 - 1).astype(np.float32), verbose=0)
        probabilities = reference["predictions/probabilities"][:, 0, 0]
        errors = [relative_error(a, b) for a, b in zip(outputs, [reference[a] for a in addresses] + [probabilities])]
        print(f"numbered from {name}: {len(errors)} tensors, largest relative difference {max(errors):.2g}")
        assert max(errors) < 1e-4


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        main(pathlib.Path(temporary))
