from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Contacts and where they come from."""

    name = "askwell.people"
    label = "people"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Keep the search index in step with every change."""
        from askwell.people.hooks import on_change

        found_by = ("contact", "contactpoint", "position", "organization", "tagging", "tag")
        on_change("askwell.people.index.refresh_terms", of=[f"people.{kind}" for kind in found_by])
