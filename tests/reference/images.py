# SPDX-License-Identifier: GPL-3.0-or-later
"""Images with structure at several scales, made from a seed."""

import numpy as np


def noise(size, seed):
    """Independent random pixels, size×size×3, 8 bits."""
    return np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8)


def structured(size, seed):
    """Waves, rectangles and a little noise, size×size×3, 8 bits."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[0:size, 0:size] / size
    image = np.zeros((size, size, 3))
    for _ in range(6):
        frequency = random.uniform(0.5, 12, 2)
        wave = np.sin(2 * np.pi * (frequency[0] * x + frequency[1] * y + random.uniform()))
        image += wave[:, :, None] * random.normal(0, 25, 3)
    for _ in range(5):
        top, left = random.integers(0, size, 2)
        height, width = random.integers(size // 10, size // 2, 2)
        image[top:top + height, left:left + width] += random.normal(0, 60, 3)
    image += 127 + random.normal(0, 8, image.shape)
    return np.clip(np.rint(image), 0, 255).astype(np.uint8)


def calibration(size, count, seed):
    """A batch of both kinds."""
    return np.stack([(noise if i % 4 == 3 else structured)(size, [seed, i]) for i in range(count)])
