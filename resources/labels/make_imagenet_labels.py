#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the table of the ILSVRC-2012 classes: index, WordNet id and name, separated by tabs.

    cut -f2 imagenet.tsv | make_imagenet_labels.py /usr/share/wordnet/data.noun > new.tsv

Reads the WordNet ids of the classes, one a line, from standard input. A class's index is its place among the sorted
ids; its name is the first lemma of the synset in WordNet 3.0 (Debian package wordnet-base), whose noun file starts
each synset at the byte offset that the id spells.
"""
import sys


def first_lemma(nouns: bytes, wnid: str) -> str:
    start = int(wnid[1:])
    fields = nouns[start:nouns.index(b"\n", start)].decode().split()
    if fields[0] != wnid[1:]:
        raise SystemExit(f"{wnid} is no synset of this WordNet")
    return fields[4].replace("_", " ")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    with open(sys.argv[1], "rb") as file:
        nouns = file.read()
    for index, wnid in enumerate(sorted(sys.stdin.read().split())):
        print(index, wnid, first_lemma(nouns, wnid), sep="\t")
