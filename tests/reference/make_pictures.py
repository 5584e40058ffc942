#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tests/data/pictures: the kinds of picture file that Qt cannot write itself, for test_picture.cpp.

Each shows four quarters: red, green / blue, white (32 x 24).
"""
import pathlib

from PIL import Image

QUARTERS = {(0, 0): (255, 0, 0), (16, 0): (0, 255, 0), (0, 12): (0, 0, 255), (16, 12): (255, 255, 255)}


def main() -> None:
    folder = pathlib.Path(__file__).resolve().parent.parent / "data" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    quarters = Image.new("RGB", (32, 24))
    for corner, colour in QUARTERS.items():
        quarters.paste(colour, (*corner, corner[0] + 16, corner[1] + 12))

    # Pillow writes CMYK as Adobe does: inverted, with an APP14 marker.
    quarters.convert("CMYK").save(folder / "cmyk.jpg", quality=95)
    upside_down = quarters.transpose(Image.Transpose.ROTATE_180)
    quarters.save(folder / "animation.gif", save_all=True, append_images=[upside_down])
    quarters.save(folder / "animation.webp", save_all=True, append_images=[upside_down], lossless=True)

    orientation = Image.Exif()
    orientation[0x0112] = 6
    # Stored turned to the left, so that the tag (turn right to view) makes it upright.
    turned = quarters.transpose(Image.Transpose.ROTATE_90)
    turned.save(folder / "turned.webp", exif=orientation, lossless=True)
    turned.save(folder / "turned.png", exif=orientation)
    turned.save(folder / "turned.tif", exif=orientation)


if __name__ == "__main__":
    main()
