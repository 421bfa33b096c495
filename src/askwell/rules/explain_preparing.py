"""Sentences about preparing: what two people have in common, and what to wear (P02, P09).

Theory of operation.  As in ``explain_texts``, which takes these in: a key, a sentence with its facts in
braces.
"""

from __future__ import annotations

from askwell.rules.explain_marks import Plural, _

PREPARING: dict[str, str | Plural] = {
    "common.school_together": _("You were both at {name}, {years}."),
    "common.school": _("You both studied at {name}."),
    "common.employer_together": _("You both worked at {name}, {years}."),
    "common.employer": _("You both know {name} from within."),
    "common.place": _("You both live in {place}."),
    "common.tag": _("You both belong to “{tag}”."),
    "common.named_by": _("{name} gave you their name."),
    "common.event": _("You met at {event}."),
    "common.known_there": _("You talked with {name} of {where}, where they are too."),
    "prepare.dress": _(
        "Less formal than an interview, and still their workplace: wear what people wear there to meet a "
        "guest. What you have, clean and comfortable, is enough."
    ),
}
