"""Splink on DuckDB over the columns ``same_person.py`` gives, in the settings its documentation leads to.

Comparisons: "names" are those Splink ships for people (both names in one, exchanged ones known; e-mail; date
of birth; place and postcode in one), "fields" one for each column with term frequencies.  Blocks: eight rules
of two equal columns or one rare one and exchanged names; "wide" has seven looser ones more.  u is from random
pairs, m from expectation maximisation on each of ``LEARN`` the columns allow.
"""

from __future__ import annotations

import csv
import logging
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

SETTINGS = ("names", "names wide", "fields", "fields wide")
THRESHOLDS = (0.2, 0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999)
BLOCKS = (
    ("email",),
    ("phone",),
    ("number",),
    ("birthday", "family"),
    ("birthday", "given"),
    ("given", "family"),
    ("family", "postcode"),
    ("given", "postcode"),
)
WIDE = (
    ("birthday",),
    ("family", "place"),
    ("family", "organization"),
    ("given", "organization"),
    ("street", "house"),
    ("postcode", "substr(given, 1, 1)"),
    ("family", "substr(given, 1, 1)"),
)
LEARN = (("given", "family"), ("email",), ("number",), ("birthday",), ("postcode", "family"))
SURE = (("email",), ("phone",), ("number",), ("birthday", "family"))


class Run(NamedTuple):
    """What one setting came to: seconds without clustering, then (threshold, seconds, clusters by row)."""

    seconds: float
    pairs: int
    clusterings: list[tuple[float, float, list[str]]]


def table(columns, folder):
    """Give a connection with the columns as the table ``roster``; both names are one column more."""
    path = Path(folder) / "roster.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(
            [["unique_id", *columns], *zip(range(10**9), *columns.values(), strict=False)]
        )
    base = duckdb.connect()
    rows = "select *, given || ' ' || family as names from read_csv(?, all_varchar = true)"
    base.execute(f"create table roster as {rows}", [str(path)])
    return base


def blocks(rules, columns):
    """Give Splink's rules for those of ``rules`` whose columns are there."""
    return [
        block_on(*rule)
        for rule in rules
        if all(part.removeprefix("substr(").split(",")[0] in columns for part in rule)
    ]


def comparisons(setting, columns):
    """Give a comparison for every column, those of names, e-mail and birthdays as the setting has them."""
    whole = setting.startswith("names")
    given, family = cl.NameComparison("given"), cl.NameComparison("family")
    both = cl.ForenameSurnameComparison("given", "family", forename_surname_concat_col_name="names")
    found = [both] if whole else [given, family]
    if "email" in columns:
        plain = cl.LevenshteinAtThresholds("email", [1, 2]).configure(term_frequency_adjustments=True)
        found.append(cl.EmailComparison("email") if whole else plain)
    form = "%Y-%m-%d" if any("-" in day for day in columns["birthday"][:100]) else "%Y%m%d"
    dated = cl.DateOfBirthComparison("birthday", input_is_string=True, datetime_format=form)
    found.append(dated if whole else cl.DamerauLevenshteinAtThresholds("birthday", [1, 2]))
    known = {"given", "family", "email", "birthday", "place", "postcode"}
    if whole and "place" in columns and "postcode" in columns:
        found.append(home())
    else:
        known -= {"place", "postcode"}
    for name in columns:
        if name in {"phone", "number", "postcode"} - known:
            found.append(cl.LevenshteinAtThresholds(name, [1, 2]))
        elif name not in known:
            near = cl.JaroWinklerAtThresholds(name, [0.92, 0.8])
            found.append(near.configure(term_frequency_adjustments=True))
    return found


def home():
    """Compare postcode and place in one: they move together, and must not count twice."""
    return cl.CustomComparison(
        output_column_name="home",
        comparison_levels=[
            cll.And(cll.NullLevel("postcode"), cll.NullLevel("place")),
            cll.ExactMatchLevel("postcode").configure(tf_adjustment_column="postcode"),
            cll.DamerauLevenshteinLevel("postcode", 1),
            cll.ExactMatchLevel("place").configure(tf_adjustment_column="place"),
            cll.ElseLevel(),
        ],
    )


def run(columns, setting, *, u_pairs=1e6, thresholds=THRESHOLDS):
    """Learn, predict and cluster at every threshold; ``columns`` by field, "" where nothing is known."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        base = table(columns, folder)
    begun = time.perf_counter()
    rules = (*BLOCKS, *WIDE) if setting.endswith("wide") else BLOCKS
    predicting = blocks(rules, columns)
    predicting.append("l.given = r.family and l.family = r.given")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(setting, columns),
        blocking_rules_to_generate_predictions=predicting,
    )
    linker = Linker(DuckDBAPI(connection=base).register("roster"), settings)
    training = linker.training
    training.estimate_probability_two_random_records_match(blocks(SURE, columns), recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=u_pairs)
    for rule in blocks(LEARN, columns):
        training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=min(thresholds))
    many = len(pairs.as_duckdbpyrelation())
    seconds, clusterings = time.perf_counter() - begun, []
    for threshold in thresholds:
        begun = time.perf_counter()
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold)
        labels = found.as_duckdbpyrelation().select("cluster_id, unique_id::bigint as row_number")
        labels = labels.order("row_number").fetchnumpy()["cluster_id"].tolist()
        clusterings.append((threshold, time.perf_counter() - begun, labels))
    base.close()
    return Run(seconds, many, clusterings)
