"""What a card says, ready to be set.

Theory of operation.  Plain lines, in logical order; an empty one is left out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Both sides.  ``ways`` are how to reach the person; ``skills`` make the back a list."""

    name: str
    role: str = ""
    ways: tuple[str, ...] = ()
    back: str = ""
    skills: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every line on it."""
        return tuple(line for line in (self.name, self.role, *self.ways, self.back, *self.skills) if line)
