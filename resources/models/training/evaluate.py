#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Classifies the validation images with reslens-cli and writes how often it is right, class by class."""

import argparse
import collections
import csv
import json
import subprocess
import tempfile
from pathlib import Path

from tiny_imagenet import TinyImageNet

CHUNK = 500


def answers(cli, model, files, *options):
    """The wnids of the top 5 of each file."""
    for first in range(0, len(files), CHUNK):
        command = [cli, "classify", "--json", *options, *(["--model", model] if model else []),
                   *files[first:first + CHUNK]]
        result = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        for entry in json.loads(result.stdout)["results"]:
            yield [prediction["wnid"] for prediction in entry["top"]]


def count_right(top, wnids):
    """How many of the first answers, and of the top 5, are or have the right wnid."""
    return [sum(answer[0] == wnid for answer, wnid in zip(top, wnids)),
            sum(wnid in answer for answer, wnid in zip(top, wnids))]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("output", type=Path, help=".tsv: class, top-1, top-5, most frequent wrong answer")
    parser.add_argument("--cli", default="reslens-cli")
    parser.add_argument("--model", help="weight file; the embedded one if absent")
    arguments = parser.parse_args()

    data = TinyImageNet(arguments.data)
    name_of = dict(zip(data.wnids, (name.replace("_", " ") for name in data.names)))
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for row, stream in enumerate(data.val_streams()):
            files.append(f"{folder}/{row:04}.jpg")
            Path(files[-1]).write_bytes(stream)
        top = list(answers(arguments.cli, arguments.model, files))
    truth = [data.wnids[label] for label in data.val_labels]
    rows = []
    for wnid in data.wnids:
        mine = [answer for answer, right in zip(top, truth) if right == wnid]
        wrong = collections.Counter(answer[0] for answer in mine if answer[0] != wnid)
        rows.append([name_of[wnid], sum(answer[0] == wnid for answer in mine) / len(mine),
                     sum(wnid in answer for answer in mine) / len(mine), name_of[wrong.most_common(1)[0][0]] if wrong else ""])
    with open(arguments.output, "w", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(["class", "top-1", "top-5", "taken most often for"])
        writer.writerows([name, f"{top1:.2f}", f"{top5:.2f}", wrong] for name, top1, top5, wrong in sorted(rows, key=lambda row: (-row[1], row[0])))
    first, five = count_right(top, truth)
    print(f"{first / len(top):.1%} top-1, {five / len(top):.1%} top-5 of {len(top)} images")


if __name__ == "__main__":
    main()
