"""A loop compiled gives what it gives as it was written."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from askwell.graph.compiled import compiled, sources


@compiled
def total(values):
    found = 0.0
    for value in values:
        found += value
    return found


def test_both_ways_give_the_same():
    values = np.arange(10, dtype=np.float64)
    assert total(values) == total.py_func(values) == 45.0


INNER = "from askwell.graph.compiled import compiled\n\n@compiled\ndef inner(x):\n    return x + {more}\n"
OUTER = """
from askwell.graph.compiled import compiled
from askwell.graph.inner import inner

@compiled
def outer(x):
    return inner(x) * 10

print(outer(1), sum(outer.stats.cache_hits.values()))
"""


def test_what_is_kept_of_a_loop_ends_when_a_loop_of_another_file_changes(tmp_path):
    graph = tmp_path / "askwell" / "graph"
    graph.mkdir(parents=True)
    (graph.parent / "__init__.py").touch()
    (graph / "__init__.py").touch()
    (graph / "compiled.py").write_bytes(Path(sources.__wrapped__.__code__.co_filename).read_bytes())
    (graph / "outer.py").write_text(OUTER)
    said = []
    for more in (1, 1, 2):
        (graph / "inner.py").write_text(INNER.format(more=more))
        os.utime(graph / "inner.py", (more, more))
        command = [sys.executable, "-m", "askwell.graph.outer"]
        done = subprocess.run(
            command, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=True
        )
        said.append(done.stdout.split())
    assert said == [["20", "0"], ["20", "1"], ["30", "0"]]


FEW = """
import sys
from askwell.graph.same_person.resolving import resolve

found = resolve({"name": ["Ana Berg", "Berg, Ana", "Emil Prado"], "email": ["a@b.example", "a@b.example", ""]})
loops = [
    loop
    for name, module in list(sys.modules.items())
    if name.startswith("askwell.graph.same_person")
    for loop in vars(module).values()
    if hasattr(loop, "py_func")
]
print(found.clusters.tolist(), len(loops) > 20, sum(len(loop.signatures) for loop in loops))
"""


def test_few_rows_are_resolved_without_compiling_anything():
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", FEW],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("]")[0] + "]" == "[1, 1, 2]"
    assert done.stdout.split()[-2:] == ["True", "0"]
