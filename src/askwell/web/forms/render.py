"""How forms are written into pages: label, hint, error, control."""

from __future__ import annotations

from django.forms.renderers import TemplatesSetting


class StationeryRenderer(TemplatesSetting):
    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"
