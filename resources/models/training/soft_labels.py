#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the soft labels of `train.py`: what the features of `features.py`, of one network or of several side by side,
mean on these images.

The ImageNet networks have seen large photographs and not small, blurred ones, and know other classes, too. A network
with one hidden layer learns from the features and labels of four fifths of the images what the features mean, and
answers for the other fifth, five times, so that no image's soft label has seen its own label.
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


def answers(features, labels, classes, known, asked):
    """Logits of the rows `asked`, learned from the rows `known`."""
    network = torch.nn.Sequential(torch.nn.Dropout(0.2), torch.nn.Linear(features.shape[1], HIDDEN), torch.nn.ReLU(),
                                  torch.nn.Dropout(0.5), torch.nn.Linear(HIDDEN, classes))
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    steps = EPOCHS * (len(known) // BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, steps)
    for _ in range(EPOCHS):
        for rows in known[torch.randperm(len(known))].split(BATCH)[:len(known) // BATCH]:
            optimizer.zero_grad()
            F.cross_entropy(network(features[rows]), labels[rows]).backward()
            optimizer.step()
            schedule.step()
    with torch.no_grad():
        return network.eval()(features[asked])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("features", type=Path, nargs="+", help="from features.py")
    parser.add_argument("output", type=Path, help=".npy, float16, images × classes")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    data = TinyImageNet(arguments.data)
    labels, classes = torch.from_numpy(data.train_labels), len(data.names)
    features = torch.from_numpy(np.concatenate([np.load(file) for file in arguments.features], 1).astype(np.float32))
    features = (features - features.mean(0)) / features.std(0)
    result = torch.empty(len(labels), classes)
    fold = torch.randperm(len(labels)) % FOLDS
    for i in range(FOLDS):
        known, asked = torch.nonzero(fold != i)[:, 0], torch.nonzero(fold == i)[:, 0]
        result[asked] = answers(features, labels, classes, known, asked)
        loss = F.cross_entropy(result[asked], labels[asked])
        right = (result[asked].argmax(1) == labels[asked]).float().mean()
        print(f"fold {i + 1}: right on {right:.1%}, loss {loss:.3f}", flush=True)
    np.save(arguments.output, result.numpy().astype(np.float16))


if __name__ == "__main__":
    main()
