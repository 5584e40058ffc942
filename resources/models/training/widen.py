#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a trained network more channels without changing what it answers (after Net2Net, Chen et al. 2016).

New channels see all of their input through random kernels, and nothing that was there before listens to them yet:
unlike copies of trained channels, they all differ from the start, and the first steps of training find out what they
are good for.
"""

import argparse
from pathlib import Path

import h5py
import torch

import network as networks
from inception_resnet_v2 import inception_resnet_v2
from train import WIDTH


class Places:
    """Where the narrow network's channels lie among the wide one's, for the input and output of every convolution.

    Walks through the topology as an interpreter of inception_resnet_v2. A tensor is a list of (channels in the narrow
    network, channels in the wide one), one pair for each part of a concatenation.
    """

    def __init__(self, narrow, wide):
        self.widths = narrow, wide
        self.numbered = 0
        self.inputs, self.outputs = {}, {}
        inception_resnet_v2(self, [(3, 3)], networks.BLOCKS)

    def alias(self, _address, x):
        return x

    def max_pool(self, _address, x):
        return x

    average_pool = max_pool

    def concatenate(self, _address, _name, inputs):
        return [part for x in inputs for part in x]

    def conv(self, _address, x, filters, _kernel, stride=1, valid=False, name=None):
        if name is None:
            name = f"conv2d#{self.numbered}"
            self.numbered += 1
        y = [tuple(networks.scaled(filters, width) for width in self.widths)]
        self._keep(name, x, y)
        return y

    def add_residual(self, block, x, mixed, scale, relu):
        self._keep(f"{block}_conv", mixed, x)
        return x

    def classify(self, x):
        self._keep("predictions", x, None)

    def _keep(self, name, x, y):
        self.inputs[name], self.outputs[name] = self._rows(x), y and self._rows(y)

    @staticmethod
    def _rows(parts):
        rows, first = [], 0
        for narrow, wide in parts:
            rows += range(first, first + narrow)
            first += wide
        return torch.tensor(rows)


def widen(narrow, wide):
    """Puts the weights of one Network into another, which is new and at least as wide."""
    places = Places(narrow.width, wide.width)
    state = wide.state_dict()
    for key, values in narrow.state_dict().items():
        name, part = networks.place_of(key)
        inputs, outputs = places.inputs[name], places.outputs[name]
        if name == "predictions":
            if part == "kernel":
                state[key].zero_()
                state[key][inputs] = values
            else:
                state[key].copy_(values)
        elif part == "kernel":
            state[key][outputs] = 0
            state[key][outputs[:, None], inputs] = values
        else:
            state[key][outputs] = values


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("narrow", type=Path, help="weights of a network of --width (.h5)")
    parser.add_argument("wide", type=Path, help=f"weights of one of width {WIDTH} (.h5)")
    parser.add_argument("--width", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    with h5py.File(arguments.narrow) as file:
        attributes = {key: value for key, value in file.attrs.items() if key.startswith("reslens_")}
    classes = len(attributes["reslens_class_names"])
    narrow, wide = (networks.Network(width, classes).eval() for width in (arguments.width, WIDTH))
    networks.load(narrow, arguments.narrow)
    with torch.no_grad():
        widen(narrow, wide)
        x = torch.rand(8, 3, 107, 107) * 2 - 1
        error = (narrow(x) - wide(x)).abs().max()
    print(f"the logits differ by at most {error:.1e}")
    networks.save(wide.state_dict(), arguments.wide, attributes)


if __name__ == "__main__":
    main()
