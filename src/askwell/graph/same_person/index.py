"""Is this new record one of a million known ones: an index that is mapped from disk and asked in a moment.

Theory of operation.  An index is the roster, the model learnt from it and, for every blocking rule, the
records in order of their keys.  A new record becomes a roster of one; its keys are looked up by halving, and
the few records found are scored as in ``resolving``.  Of a block too large to be read whole, those are taken
that are most like the new record in everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from askwell.graph.same_person import blocking, index_files, scoring
from askwell.graph.same_person.alike import levels
from askwell.graph.same_person.reasons import reasons_of
from askwell.graph.same_person.resolving import likely
from askwell.graph.same_person.rosters import Roster, roster_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MOST_READ = 32  # records of one block


class Match(NamedTuple):
    """A known record (its row, from 0) that may be the new one: how likely, and why."""

    row: int
    probability: float
    reasons: list[str]


class Index(NamedTuple):
    """A roster ready to be asked; for each rule the keys in order, and whose they are."""

    roster: Roster
    model: scoring.Model
    likeness: Any
    keys: dict[int, Any]
    records: dict[int, Any]

    def query(self, record: Mapping[str, str], *, most: int = 5) -> list[Match]:
        """Give the known records that are likelier than not this one, the likeliest first."""
        new = roster_of({field: [text] for field, text in record.items()}, asks=True)
        found = self._near(new) if len(new.rows) else ()
        if not len(found):
            return []
        pairs = np.column_stack((found, np.zeros(len(found), np.int32)))
        odds = scoring.scores((self.roster, new), pairs, self.model, scoring.workspace())
        best = [place for place in np.argsort(-odds, kind="stable")[:most].tolist() if odds[place] > 0]
        return [self._match(new, int(found[place]), float(odds[place])) for place in best]

    def _near(self, new: Roster) -> Any:
        likeness = blocking.likeness_of(new)[0]
        blocks = [
            self._block(rule, own[0], likeness)
            for rule, own in blocking.keys_by_rule(new).items()
            if rule in self.keys and own[0]
        ]
        return np.unique(np.concatenate(blocks)) if blocks else np.zeros(0, np.int32)

    def _block(self, rule: int, key: Any, likeness: Any) -> Any:
        keys, records = self.keys[rule], self.records[rule]
        begin, end = int(keys.searchsorted(key)), int(keys.searchsorted(key, "right"))
        if end - begin > _MOST_READ:
            middle = self._place_of(records, (begin, end), likeness)
            begin = max(begin, min(middle - _MOST_READ // 2, end - _MOST_READ))
            end = begin + _MOST_READ
        return records[begin:end]

    def _place_of(self, records: Any, within: tuple[int, int], likeness: Any) -> int:
        """Find where in a block, which is in order of likeness, the new record would stand."""
        begin, end = within
        while begin < end:
            middle = (begin + end) // 2
            if self.likeness[records[middle]] < likeness:
                begin = middle + 1
            else:
                end = middle
        return begin

    def _match(self, new: Roster, row: int, odds: float) -> Match:
        work = scoring.workspace()
        swapped = levels((self.roster, new), (row, 0), work)
        told = reasons_of(work[0].tolist(), self.model.weights.tolist(), swapped=bool(swapped))
        return Match(row, float(likely(odds)), told)

    def save(self, path: Path) -> None:
        """Write the index to a file, in the place of what was there."""
        roster = {"rows": self.roster.rows, "data": self.roster.data, "values": self.roster.values}
        arrays = {**roster, "weights": self.model.weights, "likeness": self.likeness}
        arrays["odds"] = np.array([self.model.prior, self.model.named])
        for rule, keys in self.keys.items():
            arrays |= {f"keys-{rule}": keys, f"records-{rule}": self.records[rule]}
        index_files.write(path, arrays)


def build(columns: Mapping[str, Sequence[str]]) -> Index:
    """Make the index of a roster; columns as for ``resolving.resolve``."""
    roster = roster_of(columns)
    model = scoring.learnt(roster, blocking.pairs_of(roster))
    likeness = blocking.likeness_of(roster)
    alike = np.argsort(likeness, kind="stable").astype(np.int32)
    keys, records = {}, {}
    for rule, own in blocking.keys_by_rule(roster).items():
        told = alike[own[alike] != 0]
        records[rule] = told[np.argsort(own[told], kind="stable")]
        keys[rule] = own[records[rule]]
    return Index(roster, model, likeness, keys, records)


def load(path: Path) -> Index:
    """Map an index from its file.  Raises ``BadIndex`` if it cannot be used, ``OSError`` if not read."""
    arrays = index_files.read(path)
    rules = [int(name.removeprefix("keys-")) for name in arrays if name.startswith("keys-")]
    try:
        return Index(
            Roster(arrays["rows"], arrays["data"], arrays["values"]),
            scoring.Model(arrays["weights"], *arrays["odds"].tolist()),
            arrays["likeness"],
            {rule: arrays[f"keys-{rule}"] for rule in rules},
            {rule: arrays[f"records-{rule}"] for rule in rules},
        )
    except (KeyError, ValueError) as error:
        raise index_files.BadIndex("its parts do not fit together") from error
