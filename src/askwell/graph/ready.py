"""Compiles loops for which somebody would else wait half a minute: ``python -m askwell.graph.ready``.

``./run`` begins it in the background, at the lowest priority, where sources are newer than what is kept.
"""

from __future__ import annotations

from askwell.graph.same_person.resolving import resolve

ROWS = 600  # enough that something is learnt of them, too


def make_ready() -> None:
    """Look for one person among rows enough to be worth compiling for, each kind of field in them."""
    rows = range(ROWS)
    resolve(
        {
            "name": [f"Ana Berg{row % 97}" for row in rows],
            "email": [f"ana{row % 101}@north.example" for row in rows],
            "phone": [f"+1 312 555 {row % 89:04}" for row in rows],
            "birthday": [f"19{row % 83 + 10}-02-11" for row in rows],
            "place": [f"Chicago {row % 7}" for row in rows],
            "organization": [f"Mercy {row % 11}" for row in rows],
        },
        apart=[(0, 97)],
    )


if __name__ == "__main__":
    make_ready()
