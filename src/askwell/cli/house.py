"""Commands about the notebook as a whole: serve, undo, recompute."""

from __future__ import annotations

from typing import Annotated

import typer

from askwell.cli.failures import Failure
from askwell.cli.options import Json, Now
from askwell.cli.words import _, _n


def serve(
    port: Annotated[
        int | None, typer.Option(help="Port on 127.0.0.1 (ASKWELL_PORT, else 8765).", min=1, max=65535)
    ] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the link.")] = False,
) -> None:
    """Open Askwell in the browser, on this machine alone, until Ctrl-C."""
    from django.core.management import CommandError, call_command

    from askwell.cli.notebook import open_notebook

    open_notebook()
    try:
        call_command("serve", port=port, no_browser=no_browser)
    except CommandError as error:
        raise Failure(str(error)) from error


def undo(now: Now = "", json: Json = False) -> None:
    """Take the last change back, whole."""
    from askwell.cli.desk import sit_down
    from askwell.outreach import actions, queries

    desk = sit_down(now=now, json=json)
    offer = queries.undo_offer(desk.owner, now=desk.now)
    change = actions.undo_last(desk.owner, now=desk.now)
    if change is None:
        raise Failure(_("There is nothing to take back."))
    said = offer.sentence if offer else change.code
    desk.answer(_("Taken back: %(what)s.") % {"what": said}, {"undone": change.pk, "code": change.code})


def recompute(now: Now = "", json: Json = False) -> None:
    """Derive every step, standing and search term anew from what happened; says what differed."""
    from askwell.cli.desk import emit, sit_down
    from askwell.cli.progress import at_work
    from askwell.outreach.derive import recompute as derive
    from askwell.outreach.written import rebuild_words
    from askwell.people.index import rebuild

    desk = sit_down(now=now, json=json)
    with at_work(_("Reckoning anew...")):
        rebuild(desk.owner)
        rebuild_words(desk.owner)
        done = derive(desk.owner, now=desk.now)
    if json:
        emit(done)
        return
    print(_n("%(count)s person reckoned anew.", "%(count)s people reckoned anew.", done.contacts))
    differed = _n("%(count)s row had to change.", "%(count)s rows had to change.", done.changed)
    print(differed if done.changed else _("Nothing had to change."))
