# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/golden/NAME.gradients.h5: gradients of logits with respect to tensors of networks of make_golden.py, by
PyTorch's autograd in float64. `full/` holds the whole gradient, `direct/` the gradient with the residual branches cut
off the backward pass, both of the logit of class 1 minus that of class 2. `class_N/` holds the whole gradient of one
logit, with respect to the output and the residual of every block and to the input. `input` is the picture: one for
which no rounding decides whether a ReLU lets a value through.
"""

import argparse
import itertools
import pathlib

import h5py
import numpy as np
import torch

import images
from inception_resnet_v2 import Torch, create, inception_resnet_v2, preprocess
from make_golden import NETWORKS

KEPT = ("input", "output", "residual", "sum", "mixed", "branch_0", "branch_1", "branch_2", "conv_3", "pool_1", "pool",
        "logits")
# By network: the groups of its file.
GROUPS = {"plain": ("full", "direct"), "shuffled": ("full", "direct"), "wide": ("full", "direct"),
          "deep": ("class_0", "class_3", "class_6")}


class DirectTorch(Torch):
    """The same values, but no gradient enters a residual branch."""

    def add_residual(self, block, x, mixed, scale, relu):
        return super().add_residual(block, x, mixed.detach(), scale, relu)


def gradients(kind, weights, x, blocks, factors):
    network = kind(weights)
    x = x.clone().requires_grad_()
    inception_resnet_v2(network, x, blocks)
    for tensor in network.tensors.values():
        if tensor.requires_grad:
            tensor.retain_grad()
    (network.tensors["predictions/logits"].flatten() * torch.from_numpy(factors)).sum().backward()
    return {address: tensor.grad[0].permute(1, 2, 0).numpy() for address, tensor in network.tensors.items()
            if tensor.grad is not None and address.split("/")[1] in KEPT}


def factors_of(group, classes):
    factors = np.zeros(classes)
    if group.startswith("class_"):
        factors[int(group.removeprefix("class_"))] = 1
    else:
        factors[1], factors[2] = 1, -1
    return factors


def is_kept(address, group, every_tensor):
    if group == "direct":
        return address.endswith("/sum")
    if group == "full":
        return every_tensor or address.endswith(("output", "stem/input", "sum"))
    return address.endswith(("output", "residual", "stem/input"))


def shortened(values):
    """float32 to 15 of the 23 bits of its mantissa: the file is a third smaller."""
    bits = values.astype(np.float32).view(np.uint32)
    return ((bits + 0x80) & 0xffffff00).view(np.float32)


def steady_picture(weights, blocks, classes, size, seed):
    """The first picture whose gradient a little noise does not change at all: no gate and no maximum is so close that
    the rounding of float32, which differs from processor to processor, turns it. Also its values for the network."""
    random = torch.Generator().manual_seed(seed)
    factors = factors_of("full", classes)
    for number in itertools.count(1000):
        image = images.structured(size, [seed, number])
        x = preprocess(image[None]).float().double()
        expected = gradients(Torch, weights, x, blocks, factors)["stem/input"]
        noisy = (x + 3e-6 * torch.randn(x.shape, generator=random, dtype=x.dtype) for _ in range(10))
        if all(np.allclose(gradients(Torch, weights, y, blocks, factors)["stem/input"], expected, rtol=0,
                           atol=1e-9 * np.abs(expected).max()) for y in noisy):
            return image, x


def make(folder, seed, name, width, blocks, classes, size, multiple=1, levels=0, every_tensor=False, options=None):
    weights = create(images.calibration(size, 24, seed), blocks, classes, seed=seed, width=width, multiple=multiple,
                     levels=levels, dtype=np.float16)
    image, x = steady_picture(weights, blocks, classes, size, seed)
    with h5py.File(folder / f"{name}.gradients.h5", "w", libver=("v110", "v110")) as file:
        file.create_dataset("input", data=image, compression="gzip", compression_opts=9)
        for group in GROUPS[name]:
            kind = DirectTorch if group == "direct" else Torch
            for address, values in gradients(kind, weights, x, blocks, factors_of(group, classes)).items():
                if not is_kept(address, group, every_tensor):
                    continue
                data = shortened(values) if group.startswith("class_") else values.astype(np.float32)
                file.create_dataset(f"{group}/{address}", data=data, compression="gzip", compression_opts=9,
                                    shuffle=True, chunks=values.shape)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    default = pathlib.Path(__file__).parent.parent / "data" / "golden"
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=default)
    folder = parser.parse_args().folder
    for seed, (name, network) in enumerate(NETWORKS.items(), 11):
        if name in GROUPS:
            make(folder, seed, name, **network)
