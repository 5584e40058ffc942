#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Corrects the logits of `soft_labels.py` by the training labels.

The ImageNet network has seen large photographs and not small, blurred ones; what it mixes up here follows a pattern.
A network with one hidden layer learns from the logits and labels of four fifths of the images what the logits mean,
and answers for the other fifth, five times, so that no image's soft label has seen its own label.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from tiny_imagenet import TinyImageNet

FOLDS = 5
HIDDEN = 1024
EPOCHS = 10
BATCH = 512
RATE = 2e-3


def corrected(logits, labels, known, asked):
    """Logits of the rows `asked`, learned from the rows `known`."""
    classes = logits.shape[1]
    network = torch.nn.Sequential(torch.nn.Linear(classes, HIDDEN), torch.nn.ReLU(), torch.nn.Dropout(0.3),
                                  torch.nn.Linear(HIDDEN, classes))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (len(known) // BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, steps)
    for _ in range(EPOCHS):
        for rows in known[torch.randperm(len(known))].split(BATCH)[:len(known) // BATCH]:
            optimizer.zero_grad()
            F.cross_entropy(network(logits[rows]), labels[rows]).backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        return network.eval()(logits[asked])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("soft", type=Path, help="from soft_labels.py")
    parser.add_argument("output", type=Path, help=".npy, float16, images × classes")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    labels = torch.from_numpy(TinyImageNet(arguments.data).train_labels)
    logits = torch.from_numpy(np.load(arguments.soft).astype(np.float32))
    print(f"right on {(logits.argmax(1) == labels).float().mean():.1%} of the training images", flush=True)
    logits = logits - logits.mean(1, keepdim=True)
    logits = (logits - logits.mean(0)) / logits.std()
    result = torch.empty_like(logits)
    fold = torch.randperm(len(labels)) % FOLDS
    for i in range(FOLDS):
        known, asked = torch.nonzero(fold != i)[:, 0], torch.nonzero(fold == i)[:, 0]
        result[asked] = corrected(logits, labels, known, asked)
        right = (result[asked].argmax(1) == labels[asked]).float().mean()
        print(f"fold {i + 1}: right on {right:.1%}", flush=True)
    np.save(arguments.output, result.numpy().astype(np.float16))


if __name__ == "__main__":
    main()
