# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/load_img: pictures of every kind, and for test_keras_parity.cpp what Keras makes of them.

Beside each picture lies PICTURE@SIZE.golden.png, its `load_img(…, target_size=(SIZE, SIZE))`; `expected.json` has
the probabilities that `model.predict` gives for the pictures at 75 × 75, with the weights top.weights.h5 of
tests/data/keras/keras.zip.
"""

import json
import os
import pathlib
import struct
import zipfile

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from make_keras_files import DATA as KERAS_FILES, SIZE, base

FOLDER = pathlib.Path(__file__).parents[1] / "data" / "load_img"
SIZES = (20, SIZE)


def picture(width, height, channels=3):
    """Waves of its own in each channel, so that no row, column or channel is like another."""
    y, x, c = np.mgrid[:height, :width, :channels]
    waves = np.sin(x * (0.9 + 0.3 * c) * 6 / width) + np.cos(y * (0.7 + 0.4 * c) * 7 / height + c)
    return np.uint8(np.round(127.5 + 62 * waves))


def write_pictures():
    def save(name, image, **options):
        image.save(FOLDER / name, **options)

    orientation = Image.Exif()
    orientation[0x0112] = 6
    linear = PngInfo()
    linear.add(b"gAMA", struct.pack(">I", 100000))
    save("rgb.png", Image.fromarray(picture(61, 43)))
    save("wide.png", Image.fromarray(picture(300, 17)))
    save("tall.png", Image.fromarray(picture(9, 150)))
    save("pixel.png", Image.fromarray(picture(1, 1)))
    save("exact.png", Image.fromarray(picture(SIZE, SIZE)))
    save("grey.png", Image.fromarray(picture(50, 41, 1)[:, :, 0]))
    save("grey-alpha.png", Image.fromarray(picture(33, 47, 2), "LA"))
    save("alpha.png", Image.fromarray(picture(40, 52, 4), "RGBA"))
    palette = Image.fromarray(picture(45, 38)).quantize(16)
    save("palette.png", palette, transparency=bytes(range(0, 256, 16)))
    save("gamma.png", Image.fromarray(picture(44, 37)), pnginfo=linear)
    save("turned.png", Image.fromarray(picture(30, 64)), exif=orientation)
    save("turned.jpg", Image.fromarray(picture(96, 64)), exif=orientation, quality=90)
    save("photo.jpg", Image.fromarray(picture(640, 480)), quality=80)
    save("full-chroma.jpg", Image.fromarray(picture(51, 83)), quality=95, subsampling=0)
    save("grey.jpg", Image.fromarray(picture(70, 90, 1)[:, :, 0]), quality=90)


def trained():
    model = base(keras, top=5, blocks=(2, 3, 2))
    with zipfile.ZipFile(KERAS_FILES / "keras.zip") as archive:
        path = FOLDER / "top.weights.h5"
        path.write_bytes(archive.read("top.weights.h5"))
    model.load_weights(path)
    path.unlink()
    return model


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    write_pictures()
    model = trained()
    expected = {}
    for path in sorted(FOLDER.glob("*.*g")):
        if ".golden." in path.name:
            continue
        for size in SIZES:
            image = keras.utils.load_img(path, target_size=(size, size))
            image.save(FOLDER / f"{path.name}@{size}.golden.png", optimize=True)
        pixels = keras.utils.img_to_array(image)[np.newaxis]
        answer = model.predict(keras.applications.inception_resnet_v2.preprocess_input(pixels), verbose=0)[0]
        expected[path.name] = [float(probability) for probability in answer]
    (FOLDER / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


if __name__ == "__main__":
    main()
