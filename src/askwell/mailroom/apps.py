from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MailroomConfig(AppConfig):
    """Accounts, what goes out, what comes in."""

    name = "askwell.mailroom"
    label = "mailroom"
    verbose_name = _("Mailroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What has left the house is not taken back."""
        from askwell.people.hooks import on_undo

        on_undo("askwell.mailroom.undoing.refuse_what_has_gone")
