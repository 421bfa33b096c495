"""The door of the command line.  It loads only what the command asked for needs."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from askwell import __version__
from askwell.cli.failures import BAD_USE, DONE, BadUse, Failure
from askwell.cli.table import COMMANDS, GROUPS, PLUMBING, help_text

if TYPE_CHECKING:
    import typer

HELP_WORDS = {"--help", "-h", "help"}
COMPLETION = ("--install-completion", "--show-completion")


def build(names: Iterable[str]) -> typer.Typer:
    """Make the application of these commands."""
    import importlib

    import typer

    app = typer.Typer(
        name="askwell",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_root)
    for name in names:
        row = COMMANDS[name]
        function = getattr(importlib.import_module(f"askwell.cli.{row.module}"), row.function)
        app.command(name, rich_help_panel=_group_of(name))(function)
    return app


def _root() -> None:
    """Career networking done well: find the right people, ask well, follow through, give back."""


def _group_of(name: str) -> str:
    return next(title for title, rows in GROUPS.items() if name in rows)


def main(words: Sequence[str]) -> int:
    """Run one command and give its exit code; prints what there is to say."""
    if not words or words[0] in HELP_WORDS:
        print(help_text())
        return DONE if words else BAD_USE
    if words[0] in {"--version", "-V"}:
        print(f"askwell {__version__}")
        return DONE
    if words[0].startswith(COMPLETION) or "_ASKWELL_COMPLETE" in os.environ:
        return _invoke(COMMANDS, words)
    if words[0] not in COMMANDS:
        print(_unknown(words[0]), file=sys.stderr)
        return BAD_USE
    return _invoke([words[0]], words, notebook=words[0] not in GROUPS[PLUMBING] and "--help" not in words)


def _unknown(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, COMMANDS, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"There is no command {word}.{meant} Try askwell --help."


def _invoke(names: Iterable[str], words: Sequence[str], *, notebook: bool = False) -> int:
    """Run it; ``notebook`` says that the command needs Django, which must know its settings first."""
    try:
        if notebook:
            from askwell.cli.notebook import start_django

            start_django()
        ended: Any = build(names)(list(words), prog_name="askwell", standalone_mode=False)
    except SystemExit as stop:
        ended = stop.code
    except Failure as failure:
        return _report(failure, as_json="--json" in words)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read us has had enough; a second write at exit would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        known = _misused(error, as_json="--json" in words) or _known(error)
        if known is None:
            raise
        return _report(known, as_json="--json" in words)
    return ended if isinstance(ended, int) else DONE


def _misused(error: Exception, *, as_json: bool) -> Failure | None:
    """Put a complaint of Typer about the words into ours, with the usage where a person reads it."""
    import typer

    if not isinstance(error, typer.TyperException):
        return None
    context = getattr(error, "ctx", None)
    usage = [] if as_json or context is None else [context.get_usage(), ""]
    return BadUse("\n".join([*usage, error.format_message()]))


def _known(error: Exception) -> Failure | None:
    """Put an error of the apps into words; None for one nobody foresaw."""
    if "django" not in sys.modules:
        return None
    from askwell.cli.refusals import as_failure

    return as_failure(error)


def _report(failure: Failure, *, as_json: bool) -> int:
    if as_json:
        import json

        print(json.dumps(failure.as_json(), ensure_ascii=False))
    else:
        print("\n".join(failure.as_lines()), file=sys.stderr)
    return failure.exit_code


def run() -> None:
    """Start from the shell."""
    # Loading makes many objects that all stay: looking through them for garbage is a tenth of the wait.
    gc.set_threshold(50_000)
    # What Askwell writes is the user's alone, wherever it is put.
    os.umask(0o077)
    code = main(sys.argv[1:])
    gc.freeze()  # what is left dies with the process: nobody need look through it once more
    sys.exit(code)
