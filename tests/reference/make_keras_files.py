# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/keras/{tf_keras,keras}.zip: narrow networks in every kind of file that Keras writes, saved by Keras
itself, and what model.predict says of one picture.

    make_keras_files.py tf_keras|keras

An archive holds the files, `picture.rgb` (75 × 75 × 3, 8 bits) and `expected.json`: for each file that must open the
probabilities (an empty list without top); files that must be refused are in the folder `refused`.
"""

import importlib
import json
import os
import pathlib
import sys
import tempfile
import warnings
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np

import images
from narrow_keras import application, randomize

SIZE = 75
WIDTH = 0.03
BLOCKS = (1, 1, 1)
DATA = pathlib.Path(__file__).parents[1] / "data" / "keras"


def base(keras, blocks=BLOCKS, size=SIZE, **options):
    return application(keras, WIDTH, blocks, size=size, **options)


def freeze(model, share):
    count = int(len(model.layers) * share)
    for layer in model.layers[:count]:
        layer.trainable = False


def on_output(keras, pool, head, **options):
    """The head on base_model.output, all layers of the base frozen."""
    body = base(keras, **options)
    freeze(body, 1)
    x = body.output
    for layer in [*pool, *head]:
        x = layer(x)
    return keras.Model(body.input, x)


def nested(keras, head, share, **options):
    """The base as one layer of a functional model, part of it frozen."""
    body = base(keras, **options)
    freeze(body, share)
    image = keras.layers.Input((SIZE, SIZE, 3))
    x = keras.layers.RandomFlip()(image)
    x = body(x, training=False)
    for layer in head:
        x = layer(x)
    return keras.Model(image, x)


def sequential(keras, head, share):
    body = base(keras)
    freeze(body, share)
    model = keras.Sequential([body, *head])
    model.build((None, SIZE, SIZE, 3))
    return model


def another(keras):
    """Another network altogether."""
    layers = keras.layers
    return keras.Sequential([
        layers.Input((SIZE, SIZE, 3)), layers.Conv2D(4, 3, activation="relu", name="block1_conv1"),
        layers.GlobalAveragePooling2D(), layers.Dense(3, activation="softmax", name="predictions")])


def networks(keras):
    """{file name: function that makes the model}"""
    layers = keras.layers
    dense, normalization = layers.Dense, layers.BatchNormalization
    pool, dropout = layers.GlobalAveragePooling2D, layers.Dropout
    return {
        "top.h5": lambda: base(keras, top=5),
        "top.weights.h5": lambda: base(keras, top=5, blocks=(2, 3, 2)),
        "top-model.h5": lambda: base(keras, top=5),
        "top.keras": lambda: base(keras, top=5),
        "notop.h5": lambda: base(keras),
        "pooled.weights.h5": lambda: base(keras, pooling="avg"),
        "pooled.keras": lambda: base(keras, pooling="avg"),
        "head.h5": lambda: on_output(keras, [pool()], [
            dense(8, activation="relu"), dropout(0.5), normalization(), dense(4, activation="softmax")]),
        "head.weights.h5": lambda: on_output(keras, [pool()], [
            dropout(0.2), dense(9, activation="relu"), normalization(), dense(6, activation="relu"),
            dense(4, activation="softmax", name="classes")]),
        "head-model.h5": lambda: on_output(keras, [pool()], [
            dense(8, use_bias=False), normalization(epsilon=0.01), layers.Activation("relu"), dropout(0.4),
            dense(3, activation="softmax")]),
        "head.keras": lambda: on_output(keras, [pool()], [
            normalization(), dense(7, activation="relu"), normalization(scale=False), dropout(0.3),
            dense(7), layers.ReLU(), dense(3), normalization(center=False), layers.Softmax()]),
        "nested.weights.h5": lambda: nested(keras, [pool(), dense(8, activation="relu"), dense(3, activation="softmax")],
                                            0.5),
        "nested-model.h5": lambda: sequential(keras, [pool(), dropout(0.2), normalization(), dense(6, "relu"),
                                                      dense(4, "softmax")], 0.7),
        "nested.keras": lambda: nested(keras, [dense(6, activation="linear"), dense(4, activation="softmax")], 0.3,
                                       pooling="avg"),
        "refused/sigmoid.keras": lambda: on_output(keras, [pool()], [dense(1, activation="sigmoid")]),
        "refused/single.weights.h5": lambda: on_output(keras, [pool()], [dense(1, activation="sigmoid")]),
        "refused/logits.keras": lambda: on_output(keras, [pool()], [dense(3)]),
        "refused/tanh-model.h5": lambda: on_output(keras, [pool()], [dense(8, activation="tanh"),
                                                                     dense(3, activation="softmax")]),
        "refused/flatten.keras": lambda: on_output(keras, [layers.Flatten()], [dense(3, activation="softmax")],
                                                   size=139),
        "refused/flatten.weights.h5": lambda: on_output(keras, [layers.AveragePooling2D(1), layers.Flatten()],
                                                        [dense(3, activation="softmax")], size=139),
        "refused/maximum.keras": lambda: on_output(keras, [layers.GlobalMaxPooling2D()],
                                                   [dense(3, activation="softmax")]),
        "refused/maximum.h5": lambda: on_output(keras, [layers.GlobalMaxPooling2D()], [dense(3, activation="softmax")]),
        "refused/normalized.keras": lambda: on_output(keras, [pool()], [layers.LayerNormalization(),
                                                                        dense(3, activation="softmax")]),
        "refused/normalized.weights.h5": lambda: on_output(keras, [pool()], [
            layers.LayerNormalization(), dense(3, activation="softmax")]),
        "refused/ambiguous.weights.h5": lambda: on_output(keras, [pool()], [
            dense(8, activation="relu"), dense(8, activation="relu"), normalization(),
            dense(3, activation="softmax")]),
        **{f"refused/{name}": lambda: another(keras)
           for name in ("another.weights.h5", "another-model.h5", "another.keras")},
        "refused/rescaled.keras": lambda: keras.Sequential([
            layers.Input((SIZE, SIZE, 3)), layers.Rescaling(1 / 255), base(keras, pooling="avg"),
            dense(3, activation="softmax")]),
    }


def save(model, path):
    if path.name.endswith(".weights.h5") or path.name in ("top.h5", "notop.h5", "head.h5", "maximum.h5"):
        # Keras 3 writes the old layout only through this function.
        if path.name.endswith(".weights.h5") or hasattr(model, "save_spec"):
            model.save_weights(path)
        else:
            legacy = importlib.import_module("keras.src.legacy.saving.legacy_h5_format")
            with importlib.import_module("h5py").File(path, "w") as file:
                legacy.save_weights_to_hdf5_group(file, model)
    else:
        model.save(path)


def predict(keras, model, picture):
    """The probabilities, with weights for which they depend on the picture."""
    inputs = np.stack([picture, picture[::-1, :, ::-1]]).astype(np.float32)
    inputs = keras.applications.inception_resnet_v2.preprocess_input(inputs)
    for seed in range(500):
        randomize(model, seed)
        outputs = model.predict(inputs, verbose=0)
        if outputs[0].size > 10:
            return []
        apart = np.diff(np.sort(outputs[0])).min() if outputs[0].size > 1 else 1
        if apart > 1e-3 and np.abs(outputs[0] - outputs[1]).max() > 0.05:
            return [float(value) for value in outputs[0]]
    raise RuntimeError("no seed gives telling probabilities")


def main(library):
    keras = importlib.import_module(library)
    warnings.simplefilter("ignore")
    picture = images.structured(SIZE, 3)
    expected = {}
    with tempfile.TemporaryDirectory() as temporary, zipfile.ZipFile(DATA / f"{library}.zip", "w") as archive:
        def add(name, data):
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 9)

        for name, make in networks(keras).items():
            # What a file says of its head does not depend on the library.
            if name.startswith("refused/") and library != "keras":
                continue
            model = make()
            if name.startswith("refused/"):
                randomize(model, 0)
            else:
                expected[name] = predict(keras, model, picture)
                print(name, expected[name])
            path = pathlib.Path(temporary) / pathlib.Path(name).name
            save(model, path)
            add(name, path.read_bytes())
        add("picture.rgb", picture.tobytes())
        add("expected.json", json.dumps(expected, indent=1))


if __name__ == "__main__":
    main(sys.argv[1])
