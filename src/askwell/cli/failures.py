"""How a command ends when it cannot do what was asked, and the codes it ends with.

0 done; 1 refused, or something was found wrong; 2 bad use; 3 nobody, nothing, or more than one by that name.
"""

from __future__ import annotations

from typing import Any

DONE, REFUSED, BAD_USE, NOT_FOUND = 0, 1, 2, 3


class Failure(Exception):
    """A command ends here: one plain sentence, an exit code, and for ``--json`` a code and details."""

    exit_code = REFUSED
    code = "refused"

    def __init__(self, sentence: str, **details: Any) -> None:
        super().__init__(sentence)
        self.sentence, self.details = sentence, details

    def as_json(self) -> dict[str, Any]:
        return {"error": self.code, "message": self.sentence, **self.details}

    def as_lines(self) -> list[str]:
        return [self.sentence]


class BadUse(Failure):
    """The words given make no sense to this command."""

    exit_code = BAD_USE
    code = "bad-use"


class StillToCome(BadUse):
    """What is said to have happened lies ahead."""

    code = "still-to-come"


class NotFound(Failure):
    """There is nobody and nothing by that name."""

    exit_code = NOT_FOUND
    code = "not-found"


class Ambiguous(Failure):
    """More than one answers to that name; ``candidates`` names them."""

    exit_code = NOT_FOUND
    code = "ambiguous"

    def as_lines(self) -> list[str]:
        rows = [
            f"  #{row['id']}  {row['name']}  {row['about']}".rstrip() for row in self.details["candidates"]
        ]
        return [self.sentence, *rows, *(["  ... and more"] if self.details["more"] else [])]


class NotNow(Failure):
    """The rules say no.  ``refusals`` holds rule, sentence, hard and until, one each."""

    code = "refused"

    def as_lines(self) -> list[str]:
        lines = [self.sentence]
        for refusal in self.details["refusals"]:
            lines.append(f"  {refusal['rule']}  {refusal['sentence']}")
            if refusal["until_text"]:
                lines.append(f"       {refusal['until_text']}")
        if hint := self.details.get("how"):
            lines.append(hint)
        return lines
