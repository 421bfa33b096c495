"""A loop compiled gives what it gives as it was written."""

import numpy as np

from askwell.graph.compiled import compiled


@compiled
def total(values):
    found = 0.0
    for value in values:
        found += value
    return found


def test_both_ways_give_the_same():
    values = np.arange(10, dtype=np.float64)
    assert total(values) == total.py_func(values) == 45.0
