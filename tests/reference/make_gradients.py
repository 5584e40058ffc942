# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes tests/data/golden/NAME.gradients.h5: gradients of logits with respect to tensors of networks of make_golden.py, by
PyTorch's autograd in float64. `full/` holds the whole gradient, `direct/` the gradient with the residual branches cut
off the backward pass. Both are of the logit of class 1 minus that of class 2.
"""

import argparse
import pathlib

import h5py
import numpy as np
import torch

import images
from inception_resnet_v2 import Torch, create, inception_resnet_v2, preprocess
from make_golden import NETWORKS

KEPT = ("input", "output", "residual", "sum", "mixed", "branch_0", "branch_1", "branch_2", "conv_3", "pool_1", "pool",
        "logits")


class DirectTorch(Torch):
    """The same values, but no gradient enters a residual branch."""

    def add_residual(self, block, x, mixed, scale, relu):
        return super().add_residual(block, x, mixed.detach(), scale, relu)


def gradients(kind, weights, image, blocks, factors):
    network = kind(weights)
    x = preprocess(image[None]).float().double().requires_grad_()
    inception_resnet_v2(network, x, blocks)
    for tensor in network.tensors.values():
        if tensor.requires_grad:
            tensor.retain_grad()
    (network.tensors["predictions/logits"].flatten() * torch.from_numpy(factors)).sum().backward()
    return {address: tensor.grad[0].permute(1, 2, 0).numpy() for address, tensor in network.tensors.items()
            if tensor.grad is not None and address.split("/")[1] in KEPT}


def make(folder, seed, name, width, blocks, classes, size, multiple=1, levels=0, every_tensor=False, options=None):
    weights = create(images.calibration(size, 24, seed), blocks, classes, seed=seed, width=width, multiple=multiple,
                     levels=levels, dtype=np.float16)
    image = images.structured(size, [seed, 1000])
    # A difference of two classes.
    factors = np.zeros(classes)
    factors[1], factors[2] = 1, -1
    with h5py.File(folder / f"{name}.gradients.h5", "w", libver=("v110", "v110")) as file:
        file.create_dataset("input", data=image, compression="gzip", compression_opts=9)
        for group, kind in (("full", Torch), ("direct", DirectTorch)):
            computed = gradients(kind, weights, image, blocks, factors)
            if not every_tensor:
                computed = {address: values for address, values in computed.items()
                            if address.endswith(("output", "stem/input", "sum"))}
            for address, values in computed.items():
                if group == "direct" and not address.endswith("/sum"):
                    continue
                file.create_dataset(f"{group}/{address}", data=values.astype(np.float32), compression="gzip",
                                    compression_opts=9, shuffle=True, chunks=values.shape)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    default = pathlib.Path(__file__).parent.parent / "data" / "golden"
    parser.add_argument("folder", nargs="?", type=pathlib.Path, default=default)
    folder = parser.parse_args().folder
    for seed, (name, network) in enumerate(NETWORKS.items(), 11):
        if name in ("plain", "shuffled", "wide"):
            make(folder, seed, name, **network)
