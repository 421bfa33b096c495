from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# Whose texts are found by their words (``written.MODELS``, which would load the models).
_WRITTEN = (
    *(f"people.{kind}" for kind in ("contact", "position", "organization")),
    *(f"outreach.{kind}" for kind in ("touch", "talk", "promise", "advice", "favor")),
    *(f"outreach.{kind}" for kind in ("introduction", "lead", "encounter", "networkingevent")),
)


class OutreachConfig(AppConfig):
    """The app of goals, outreach, talks and what follows from them."""

    name = "askwell.outreach"
    label = "outreach"
    verbose_name = _("Outreach")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be told what changes, take what imports bring, and settle what merging would double."""
        from askwell.people.hooks import on_change, on_conflict, on_import, on_move

        on_change("askwell.outreach.derive.refresher")
        on_change("askwell.outreach.written.refresh_words", of=_WRITTEN)
        on_change(
            "askwell.outreach.talks_in_calendar.noticing.refresher", of=("outreach.talk", "outreach.seeker")
        )
        on_import("askwell.outreach.intake.RECEIVER")
        on_move("askwell.outreach.noticing.notice_new_jobs")
        on_conflict("outreach.outreach", "askwell.outreach.merging.resolve_outreach")
