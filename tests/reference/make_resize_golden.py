#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/resize/golden.{csv,rgb}: what Pillow makes of pictures that test_preprocess.cpp generates too.

A picture of seed s holds the top bytes of x <- 1664525 x + 1013904223 mod 2^32, starting at x = s, in file order.
Rows are resized in a call of their own before columns: that is the order of all Pillow versions before 13.
"""
import csv
import pathlib

from PIL import Image

FILTERS = {
    "nearest": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
}

# width, height, box (x, y, width, height), output width, output height
GEOMETRIES = [
    (61, 43, (0, 0, 61, 43), 24, 24),  # down in both directions
    (300, 2, (0, 0, 300, 2), 13, 11),  # down across, up along
    (5, 257, (0, 0, 5, 257), 17, 9),  # up across, down along
    (7, 9, (0, 0, 7, 9), 32, 31),  # up in both
    (1, 1, (0, 0, 1, 1), 6, 5),
    (1, 1000, (0, 0, 1, 1000), 8, 8),
    (2000, 1, (0, 0, 2000, 1), 8, 8),
    (64, 64, (0, 0, 64, 64), 32, 32),  # centres fall on the borders of pixels
    (600, 3, (0, 0, 600, 3), 299, 1),  # the sum of steps rounds differently from the product
    (50, 40, (8, 3, 35, 35), 20, 20),  # a box: the pixels around it have no influence
    (33, 21, (0, 0, 33, 21), 33, 10),  # one direction only
]


def picture(width: int, height: int, seed: int) -> Image.Image:
    values = bytearray()
    for _ in range(width * height * 3):
        seed = (1664525 * seed + 1013904223) % 2**32
        values.append(seed >> 24)
    return Image.frombytes("RGB", (width, height), bytes(values))


def main() -> None:
    folder = pathlib.Path(__file__).resolve().parent.parent / "data" / "resize"
    folder.mkdir(parents=True, exist_ok=True)
    seed = 0
    with open(folder / "golden.csv", "w", newline="") as table, open(folder / "golden.rgb", "wb") as pixels:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(["filter", "seed", "width", "height", "x", "y", "box_width", "box_height", "to_width", "to_height"])
        for width, height, (x, y, box_width, box_height), to_width, to_height in GEOMETRIES:
            for name, resampling in FILTERS.items():
                seed += 1
                cropped = picture(width, height, seed).crop((x, y, x + box_width, y + box_height))
                rows = cropped.resize((to_width, box_height), resampling)
                pixels.write(rows.resize((to_width, to_height), resampling).tobytes())
                writer.writerow([name, seed, width, height, x, y, box_width, box_height, to_width, to_height])


if __name__ == "__main__":
    main()
