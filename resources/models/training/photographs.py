#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classifies full-size photographs with reslens-cli, squeezed into the square and cropped from the middle, and says
how often it is right. Files whose name does not start with the WordNet id of one of the data set's classes
("n02123045_tabby.jpg") are left out."""

import argparse
from pathlib import Path

from evaluate import answers, count_right
from tiny_imagenet import TinyImageNet


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("folder", type=Path, help="photographs")
    parser.add_argument("--cli", default="reslens-cli")
    parser.add_argument("--model", help="weight file; the embedded one if absent")
    arguments = parser.parse_args()

    wnids = set(TinyImageNet(arguments.data).wnids)
    wnid_of = {str(file): file.name[:9] for file in sorted(arguments.folder.iterdir()) if file.name[:9] in wnids}
    if not wnid_of:
        parser.error(f"{arguments.folder} has no photograph of one of the classes")
    for resize in ("squash", "crop"):
        top = list(answers(arguments.cli, arguments.model, list(wnid_of), "--resize", resize))
        first, five = count_right(top, wnid_of.values())
        print(f"{resize}: {first / len(top):.1%} top-1, {five / len(top):.1%} top-5 of {len(top)} photographs")


if __name__ == "__main__":
    main()
