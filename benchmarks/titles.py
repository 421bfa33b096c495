"""Vacancy titles to ESCO occupations: quality against speed and size, beside tf-idf and a language model.

    python benchmarks/titles.py FOLDER [--tokenizer tokenizer.json] [--vectors FILE] [--choose] [--queries N]

FOLDER as in learn_titles.py.  Measured on the half of the vacancy titles that nothing was learnt from nor
chosen by (cut by title, seed there); the label of an occupation is its whole text, as the file has it.  MRR
over all ranks (of rank-titles over 100); ties count as the middle of their places.  ms: one title after the
other, on one thread, its cutting into words included.  With the tokenizer also int8 all-MiniLM-L6-v2, alone
and with tf-idf.

Below: O*NET, three alternate titles of each occupation asked, its other titles the labels, a row each; of
the occupations that the vectors never saw, where FILE.held-out.json names some.

``--choose`` measures weights on the twentieth of titles that is there to choose by, and on O*NET.
"""

import argparse
import itertools
import json
import os
import random
import statistics
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from learn_titles import SEED, Teacher, read_onet, read_titles

from askwell.search.text import fold
from askwell.search.titles import index as titles
from askwell.search.titles import vectors
from askwell.search.titles.cuts import bag, grams_of, known

LOOKED_FOR = 100


def places(scores, right):
    """Give the place of the right answer in each row of scores."""
    own = scores[np.arange(len(right)), right][:, None]
    return (scores > own).sum(1) + ((scores == own).sum(1) + 1) / 2


def told(name, found, *, each=None, size=""):
    speed = f"{each:8.3f}" if each is not None else " " * 8
    at_ten = np.where(found <= 10, 1 / found, 0).mean()
    first, ten = (found <= 1).mean(), (found <= 10).mean()
    print(
        f"{name:44} {(1 / found).mean():.3f}  {at_ten:.3f}  {first:.2f}  {ten:.2f} {speed}  {size}",
        flush=True,
    )


def timed(ask, queries):
    """Give the answers as rows, and the median of milliseconds a query."""
    rows, times = [], []
    for query in queries:
        began = time.perf_counter()
        rows.append(ask(query))
        times.append(time.perf_counter() - began)
    return np.array(rows), statistics.median(times) * 1000


def same_words(index):
    texts = [set(bag(text)) for text in index.texts]

    def ask(query):
        held = set(bag(query))
        return [float(held <= text) for text in texts]

    return ask


def ranked(index, queries, right):
    """Give the place of the right answer among the first ``LOOKED_FOR``; farther down counts as nothing."""
    found = []
    for answer, labels in zip(right, index.rank_all(queries, LOOKED_FOR), strict=True):
        own = index.ids[answer]
        found.append(next((place for place, one in enumerate(labels, 1) if one.id == own), np.inf))
    return np.array(found)


def vacancies(folder, tokenizer, most):
    esco, _, _, held_out = read_titles(folder)
    sample = random.Random(SEED).sample(held_out, min(most, len(held_out)))
    queries, right = [title for title, _ in sample], np.array([row for _, row in sample])
    print(f"{len(queries)} vacancy titles held out, {len(esco)} occupations")
    print(f"{'':44} MRR    MRR@10  1st  ten   ms median")
    began = time.perf_counter()
    index = titles.build(esco)
    made = time.perf_counter() - began
    texts, each = timed(same_words(index), queries)
    told("all words in the text", places(texts, right), each=each)
    words, each = timed(lambda q: index.by_word.similarities(*known(index.word_rows, bag(q))), queries)
    told("tf-idf, words", places(words, right), each=each)
    grams, each = timed(
        lambda q: index.by_gram.similarities(*known(index.gram_rows, grams_of(bag(q)))), queries
    )
    told("tf-idf, 3 to 5 characters", places(grams, right), each=each)
    near, each = timed(lambda q: index.meanings @ vectors.shipped().of([bag(q)])[0], queries)
    told("vectors alone", places(near, right), each=each, size=size_of_vectors())
    if tokenizer:
        teacher = Teacher(tokenizer, threads=1)
        taught = teacher.embed([text for _, text in esco], 16)
        model, each = timed(lambda q: taught @ teacher.embed([q])[0], queries)
        told("int8 MiniLM", places(model, right), each=each, size="22.9 MB + onnxruntime")
        for share in (0.3, 0.5, 0.7):
            told(
                f"int8 MiniLM {share:.1f} + tf-idf, characters",
                places(share * model + (1 - share) * grams, right),
            )
    full = ranked(index, queries, right)
    _, each = timed(lambda q: len(index.rank(q, 10)), queries)
    began = time.perf_counter()
    some = list(index.rank_all(queries, 10))
    together = (time.perf_counter() - began) / len(some) * 1000
    told("rank-titles", full, each=each, size=size_of_vectors())
    print(f"index made in {made:.2f} s; many titles together {together:.3f} ms each")
    return index


def size_of_vectors():
    return f"{(Path(vectors.__file__).parent / vectors.NAME).stat().st_size / 1e6:.2f} MB"


def of_onet(folder, names):
    """Labels of all occupations without the titles asked, and the titles asked of ``names``."""
    dice = random.Random(SEED)
    labels, queries = [], []
    for name, alternate in read_onet(folder).items():
        alternate = dice.sample(alternate, len(alternate))  # noqa: PLW2901
        if not names or name in names:
            queries += [(title, name) for title in alternate[:3]]
        asked = {fold(title) for title in alternate[:3]}
        labels += [(name, title) for title in [name, *alternate] if fold(title) not in asked]
    return labels, queries


def carried_over(folder, names):
    labels, queries = of_onet(folder, names)
    index = titles.build(labels)
    rows = {one: row for row, one in enumerate(index.ids)}
    right = np.array([rows[name] for _, name in queries])
    asked = [title for title, _ in queries]
    never = f"of {len(names)} occupations never seen" if names else "of all occupations, seen"
    print(
        f"\nO*NET: {len(asked)} alternate titles {never}, {len(index.ids)} occupations, {len(labels)} labels"
    )
    words = np.array([index.by_word.similarities(*known(index.word_rows, bag(q))) for q in asked])
    grams = np.array([index.by_gram.similarities(*known(index.gram_rows, grams_of(bag(q)))) for q in asked])
    told("tf-idf, words", places(words, right))
    told("tf-idf, 3 to 5 characters", places(grams, right))
    told("vectors alone", places(vectors.shipped().of([bag(q) for q in asked]) @ index.meanings.T, right))
    _, each = timed(lambda q: len(index.rank(q, 10)), asked)
    told("rank-titles", ranked(index, asked, right), each=each)


def choose(folder, names):
    """Measure weights where they may be chosen: MRR@10 on the twentieth of vacancy titles, and on O*NET."""
    esco, _, chosen, _ = read_titles(folder)
    labels, asked = of_onet(folder, names)
    sets = [
        (titles.build(esco), [(title, esco[row][0]) for title, row in chosen]),
        (titles.build(labels), random.Random(SEED).sample(asked, min(len(asked), 600))),
    ]
    for words, characters, closest in itertools.product((0.15, 0.3), (0.15, 0.3, 0.5), (0.5, 1.0)):
        titles.WEIGHTS = titles.Weights(1.0, words, characters, closest, 0.25)
        print(*titles.WEIGHTS, *(f"{at_ten(index, pairs):.4f}" for index, pairs in sets), flush=True)


def at_ten(index, pairs):
    total = 0.0
    for (_, right), found in zip(pairs, index.rank_all([title for title, _ in pairs], 10), strict=True):
        total += next((1 / place for place, label in enumerate(found, 1) if label.id == right), 0)
    return total / len(pairs)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tokenizer", type=Path)
    parser.add_argument("--vectors", type=Path, help="others than those that come with Askwell")
    parser.add_argument("--queries", type=int, default=10_000)
    parser.add_argument("--choose", action="store_true")
    chosen = parser.parse_args()
    held_out = []
    if chosen.vectors:
        with chosen.vectors.open("rb") as file:
            other = vectors.read(file)
        vectors.shipped = titles.shipped = lambda: other
        beside = chosen.vectors.with_suffix(".held-out.json")
        held_out = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else []
    began = time.perf_counter()
    vectors.shipped()
    print(f"vectors loaded in {time.perf_counter() - began:.3f} s")
    if chosen.choose:
        choose(chosen.folder, held_out)
        return
    vacancies(chosen.folder, chosen.tokenizer, chosen.queries)
    carried_over(chosen.folder, held_out)


if __name__ == "__main__":
    main()
