from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutreachConfig(AppConfig):
    """The app of goals, outreach, talks and what follows from them."""

    name = "askwell.outreach"
    label = "outreach"
    verbose_name = _("Outreach")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be told what changes, take what imports bring, and settle what merging would double."""
        from askwell.outreach.derive import refresher
        from askwell.outreach.intake import RECEIVER
        from askwell.outreach.merging import resolve_outreach
        from askwell.people.actions.merging import on_conflict
        from askwell.people.importing.receivers import register
        from askwell.people.journal import on_change

        on_change(refresher)
        register(RECEIVER)
        on_conflict("outreach.outreach", resolve_outreach)
