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


COUNTING = """
import sys
from askwell.graph.same_person import fields
from askwell.graph.same_person.resolving import resolve

def ways_compiled():
    modules = [module for name, module in sys.modules.items() if name.startswith("askwell.graph.same_person")]
    loops = {id(loop): loop for module in modules for loop in vars(module).values() if hasattr(loop, "py_func")}
    assert len(loops) > 20
    return sum(len(loop.signatures) for loop in loops.values())
"""
FEW = """
found = resolve({"name": ["Ana Berg", "Berg, Ana", "Emil Prado"], "email": ["a@b.example", "a@b.example", ""]})
print(found.clusters.tolist(), ways_compiled())
"""
READY = """
from askwell.graph.ready import make_ready
make_ready()
before = ways_compiled()
resolve({name: [f"1{row % 7}{row}" for row in range(900)] for name in (*fields.NAMES, "name")})
print(before > 10, ways_compiled() - before)
"""


def printed(code):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", COUNTING + code],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_few_rows_are_resolved_without_compiling_anything():
    assert printed(FEW) == "[1, 1, 2] 0"


def test_after_it_was_made_ready_no_file_of_any_fields_waits_for_compiling():
    assert printed(READY) == "True 0"
