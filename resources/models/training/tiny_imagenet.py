# SPDX-License-Identifier: GPL-3.0-or-later
"""The data set: Tiny-ImageNet reduced to ImageNet's classes, in one .npz of JPEG streams."""

import io

import numpy as np
from PIL import Image


class TinyImageNet:
    """Arrays of the file: {train,val}_jpeg (all streams in a row), _offsets, _labels, and wnids, names by class."""

    def __init__(self, path):
        with np.load(path) as file:
            self._streams = {part: (file[f"{part}_jpeg"], file[f"{part}_offsets"]) for part in ("train", "val")}
            self.train_labels = file["train_labels"].astype(np.int64)
            self.val_labels = file["val_labels"].astype(np.int64)
            self.wnids = [str(wnid) for wnid in file["wnids"]]
            self.names = [str(name) for name in file["names"]]

    def _stream(self, part, row):
        data, offsets = self._streams[part]
        return data[offsets[row]:offsets[row + 1]].tobytes()

    def _images(self, part, rows):
        streams = (io.BytesIO(self._stream(part, row)) for row in rows)
        return np.stack([np.asarray(Image.open(stream).convert("RGB")) for stream in streams])

    def train_images(self, rows):
        """8-bit, N × 64 × 64 × 3."""
        return self._images("train", rows)

    def val_images(self, rows):
        return self._images("val", rows)

    def val_streams(self):
        """The JPEG files."""
        return (self._stream("val", row) for row in range(len(self.val_labels)))
