#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains the embedded model, stage by stage; see README.md for the stages that were run.

A stage continues from its checkpoint in `--folder` if there is one, and otherwise from `--start`, a weight file, or
from random weights. It ends with FOLDER/STAGE.h5: the average of the weights along the way. The log is
FOLDER/log.csv.

Each of `--workers` processes computes its part of every batch on one core; their gradients are averaged. Batch
normalizations see the part only.
"""

import argparse
import csv
import os
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
import torch.distributed
import torch.multiprocessing
import torch.nn.functional as F

import network as networks
from augment import augment, enlarge
from tiny_imagenet import TinyImageNet

WIDTH = 0.36
BATCH = 256
WEIGHT_DECAY = 5e-4
SMOOTHING = 0.0
SOFT_SHARE = 0.7
AVERAGING = 0.997
INPUT_SIZE = 171
CHECKPOINT_STEPS = 25
CALIBRATION_BATCHES = 20


def targets(labels, soft, classes):
    """Smoothed labels (Szegedy et al. 2016) mixed with the soft labels' probabilities (Hinton et al. 2015)."""
    hard = F.one_hot(labels, classes) * (1 - SMOOTHING) + SMOOTHING / classes
    return hard if soft is None else (1 - SOFT_SHARE) * hard + SOFT_SHARE * soft


@torch.no_grad()
def calibrate(network, images, random, least_area, size=INPUT_SIZE):
    """Measures the batch normalizations' statistics anew at the deployed size, on augmented 8-bit images."""
    momentum = networks.STATISTICS_MOMENTUM
    network.train()
    for batch in range(CALIBRATION_BATCHES):
        # The plain mean over all batches.
        networks.STATISTICS_MOMENTUM = 1 / (batch + 1)
        rows = torch.randint(len(images), (BATCH,), generator=random).numpy()
        x = augment(torch.from_numpy(images[rows]).permute(0, 3, 1, 2), size, random, least_area)
        with torch.autocast("cpu", torch.bfloat16):
            network(x)
    networks.STATISTICS_MOMENTUM = momentum


@torch.no_grad()
def evaluate(network, images, labels, size=INPUT_SIZE):
    """Top-1 and top-5 on 8-bit images enlarged bilinearly."""
    network.eval()
    right = np.zeros(2)
    for first in range(0, len(images), 200):
        x = enlarge(torch.from_numpy(images[first:first + 200]).permute(0, 3, 1, 2), size)
        with torch.autocast("cpu", torch.bfloat16):
            top = network(x).float().topk(5).indices
        hits = top == torch.from_numpy(labels[first:first + 200])[:, None]
        right += [hits[:, 0].sum().item(), hits.any(1).sum().item()]
    return right / len(images)


class Stage:
    """`epochs` passes over the images, the learning rate linear from `rate` to `end`."""

    def __init__(self, arguments, data, rank):
        self.arguments, self.data, self.rank = arguments, data, rank
        self.labels = torch.from_numpy(data.train_labels)
        self.images = data.train_images(range(len(self.labels)))
        self.soft = arguments.soft and np.load(arguments.soft, mmap_mode="r")
        self.steps = int(arguments.epochs * len(self.labels) / BATCH)
        torch.manual_seed(arguments.seed)
        self.network = networks.Network(WIDTH, len(data.names)).to(memory_format=torch.channels_last)
        kernels = [p for name, p in self.network.named_parameters() if name.endswith("kernel")]
        others = [p for name, p in self.network.named_parameters() if not name.endswith("kernel")]
        self.optimizer = torch.optim.SGD(
            [{"params": kernels, "weight_decay": WEIGHT_DECAY}, {"params": others, "weight_decay": 0.0}],
            lr=arguments.rate, momentum=0.9, nesterov=True)
        self.step = 0
        self.checkpoint = arguments.folder / f"{arguments.stage}.pt"
        if self.checkpoint.exists():
            self._resume()
        elif arguments.start:
            networks.load(self.network, arguments.start)
        if not self.step:
            self.average = {key: value.clone() for key, value in self.network.state_dict().items()}

    def _resume(self):
        state = torch.load(self.checkpoint, weights_only=True)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.average, self.step = state["average"], state["step"]

    def _write_checkpoint(self):
        state = {"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict(),
                 "average": self.average, "step": self.step}
        part = self.checkpoint.with_suffix(".part")
        torch.save(state, part)
        os.replace(part, self.checkpoint)

    def _rows(self):
        """The images of this step: each epoch in an order of its own, the same after an interruption."""
        per_epoch = len(self.labels) // BATCH
        epoch, position = divmod(self.step, per_epoch)
        order = np.random.default_rng((self.arguments.seed, epoch)).permutation(len(self.labels))
        return order[position * BATCH:(position + 1) * BATCH][self.rank::self.arguments.workers]

    def _average_gradients(self):
        gradients = [p.grad for p in self.network.parameters()]
        flat = torch.cat([g.flatten() for g in gradients])
        torch.distributed.all_reduce(flat)
        flat /= self.arguments.workers
        for gradient, mean in zip(gradients, flat.split([g.numel() for g in gradients])):
            gradient.copy_(mean.view_as(gradient))

    def _advance(self):
        arguments = self.arguments
        common = arguments.seed * 1_000_003 + self.step
        random = torch.Generator().manual_seed(common)
        rate = arguments.rate + (arguments.end - arguments.rate) * self.step / self.steps
        for group in self.optimizer.param_groups:
            # The momentum of a new stage is still empty.
            group["lr"] = rate * min(1.0, (self.step + 1) / arguments.warm_up)
        rows = self._rows()
        size = arguments.sizes[torch.randint(len(arguments.sizes), (), generator=random)]
        random.manual_seed(common + self.rank * 7_919_000_003)
        x = augment(torch.from_numpy(self.images[rows]).permute(0, 3, 1, 2), size, random, arguments.least_area)
        soft = None if self.soft is None else torch.from_numpy(self.soft[rows].astype(np.float32)).softmax(1)
        labels = self.labels[rows]
        self.network.train()
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.network(x)
        loss = F.cross_entropy(logits.float(), targets(labels, soft, len(self.data.names)))
        self.optimizer.zero_grad()
        loss.backward()
        if arguments.workers > 1:
            self._average_gradients()
        self.optimizer.step()
        self.step += 1
        # The average forgets the start early in the stage.
        decay = min(AVERAGING, self.step / (self.step + 10))
        for key, value in self.network.state_dict().items():
            self.average[key].lerp_(value, 1 - decay)
        return loss.item(), (logits.argmax(1) == labels).float().mean().item(), rate

    def run(self):
        if self.rank:
            while self.step < self.steps:
                self._advance()
            return
        log = csv.writer(open(self.arguments.folder / "log.csv", "a", newline=""))
        judge = networks.Network(WIDTH, len(self.data.names)).to(memory_format=torch.channels_last)
        every = np.arange(0, len(self.data.val_labels), 5)
        some = self.data.val_images(every), self.data.val_labels[every]
        history, start = [], time.time()
        while self.step < self.steps:
            history.append(self._advance())
            if self.step % CHECKPOINT_STEPS and self.step < self.steps:
                continue
            self._write_checkpoint()
            loss, right, rate = np.mean(history, 0)
            row = [self.arguments.stage, self.step, f"{rate:.5f}", f"{loss:.4f}", f"{right:.4f}",
                   f"{len(history) * BATCH / (time.time() - start):.0f}"]
            if self.step % (8 * CHECKPOINT_STEPS) == 0:
                judge.load_state_dict(self.average)
                row += [f"{share:.4f}" for share in evaluate(judge, *some)]
            log.writerow(row)
            print(*row, flush=True)
            history, start = [], time.time()
        self._finish(judge)

    def _finish(self, judge):
        data = self.data
        judge.load_state_dict(self.average)
        calibrate(judge, self.images, torch.Generator().manual_seed(self.arguments.seed), self.arguments.least_area)
        top1, top5 = evaluate(judge, data.val_images(range(len(data.val_labels))), data.val_labels)
        print(f"{self.arguments.stage}: {top1:.1%} top-1, {top5:.1%} top-5 of the validation images at {INPUT_SIZE} px")
        networks.save(judge.state_dict(), self.arguments.folder / f"{self.arguments.stage}.h5", {
            "reslens_input_size": INPUT_SIZE,
            "reslens_class_names": [name.encode() for name in data.names],
            "reslens_wnids": [wnid.encode() for wnid in data.wnids]})


def work(rank, arguments, meeting):
    torch.set_num_threads(1)
    torch.distributed.init_process_group(
        "gloo", init_method=f"file://{meeting}/place", rank=rank, world_size=arguments.workers)
    Stage(arguments, TinyImageNet(arguments.data), rank).run()
    torch.distributed.destroy_process_group()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="tiny-imagenet-202.npz")
    parser.add_argument("stage", help="name of the stage")
    parser.add_argument("--folder", type=Path, required=True, help="for checkpoints, log and result")
    parser.add_argument("--start", type=Path, help="weights to continue from (.h5)")
    parser.add_argument("--soft", type=Path, help="soft labels, from soft_labels.py")
    parser.add_argument("--sizes", type=int, nargs="+", required=True, help="input sizes, one of them a batch")
    parser.add_argument("--least-area", type=float, default=0.5, help="of an image that is shown, 0 to 1")
    parser.add_argument("--epochs", type=float, required=True)
    parser.add_argument("--rate", type=float, required=True, help="learning rate at the start")
    parser.add_argument("--end", type=float, required=True, help="learning rate at the end")
    parser.add_argument("--warm-up", type=int, default=100, help="steps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as meeting:
        torch.multiprocessing.spawn(work, (arguments, meeting), arguments.workers)


if __name__ == "__main__":
    main()
