"""Make a draft of the facts.

Theory of operation.  For each slot of the plan the phrasings whose facts are all known are
usable; the variant picks among them.  A slot with none is left out, and the facts its first
phrasing lacks are listed as missing: a draft never holds a placeholder.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Formatter
from typing import TYPE_CHECKING

from askwell.rules.facts import Connection, Leave, Mode, Occasion
from askwell.rules.letters.facts import Draft, LetterFacts
from askwell.rules.letters.plans import EMAIL, NOTE, PHONE, Plan
from askwell.rules.letters.said import after_about, after_advised, after_offered, to_their_face
from askwell.rules.letters.templates import PHRASINGS, QUESTIONS
from askwell.rules.letters.who import article, within_a_sentence
from askwell.rules.lint.model import Medium

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOTE_CHARS = 200
SUBJECT_CHARS = 60
_BEST_FIRST = frozenset(("greeting.full", "greeting.title"))  # the next phrasing is only a way out


def draft(
    facts: LetterFacts,
    *,
    mode: Mode,
    channel: Medium = Medium.EMAIL,
    variant: int = 0,
    occasion: Occasion | None = None,
) -> Draft:
    """A draft for one person.  ``variant`` turns the phrasings; ``occasion`` overrides ``mode``."""
    plan = _plan(occasion or mode, channel)
    pen = _Pen(facts=facts, values=_values(facts), mode=mode, variant=variant, missing=[])
    greeting = (
        ""
        if channel is Medium.PHONE_SCRIPT
        else pen.say("greeting.note" if plan.note else "greeting.{address}")
    )
    paragraphs = [" ".join(filter(None, map(pen.say, slots))) for slots in plan.paragraphs]
    if plan.note:
        body = _fitted(pen, plan, greeting)
    else:
        closing = [_sign_off(pen)] if plan.closes else []
        body = "\n\n".join(part for part in [greeting, *paragraphs, *closing] if part) + "\n"
    pen.missing.extend(key for key in plan.better_with if key not in pen.values)
    subject = pen.subject(plan.subject) if channel is Medium.EMAIL else ""
    return Draft(subject=subject, body=body, missing=tuple(dict.fromkeys(pen.missing)))


def question(key: str, translate: Callable[[str], str] = str) -> str:
    """What to ask the user for a missing fact, in plain words."""
    return translate(QUESTIONS[key])


def _plan(what: Mode | Occasion, channel: Medium) -> Plan:
    special = {Medium.LINKEDIN_NOTE: NOTE, Medium.PHONE_SCRIPT: PHONE}.get(channel, EMAIL)
    return special.get(what, EMAIL[what])


def _values(facts: LetterFacts) -> dict[str, str]:
    """Known facts as text, with what is derived from them."""
    known = {field.name: getattr(facts, field.name) for field in fields(facts)}
    values = {
        name: value.strip() for name, value in known.items() if isinstance(value, str) and value.strip()
    }
    values["minutes"] = str(facts.minutes)
    values.setdefault("hook_short", values.get("hook", ""))
    values.setdefault("who_short", values.get("who", ""))
    if facts.role:
        values["role"] = within_a_sentence(facts.role)
        values["a_role"] = f"{article(facts.role)} {values['role']}"
    values["advice"], values["said"] = after_advised(facts.advice), after_about(facts.said)
    values["their_offer"] = after_offered(facts.their_offer)
    values["ask_them"] = to_their_face(facts.introduce_why.strip())
    if facts.windows:
        values["windows_or"] = _either(facts.windows)
    if facts.earlier_dates:
        values["last_date"] = facts.earlier_dates[-1]
    if facts.connection is Connection.REFERRER and facts.leave is not Leave.GIVEN:
        values.pop("connection_name", None)
    return {name: value for name, value in values.items() if value}


def _either(windows: tuple[str, ...]) -> str:
    return windows[0] if len(windows) == 1 else f"{', '.join(windows[:-1])} or {windows[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pen:
    facts: LetterFacts
    values: Mapping[str, str]
    mode: Mode
    variant: int
    missing: list[str]

    def say(self, slot: str) -> str:
        """The sentence for a slot, or nothing."""
        if "+" in slot:
            announcing, announced = slot.split("+")
            text = self.say(announced)
            return f"{self.say(announcing)}\n\n{text}" if text else ""
        optional = slot.endswith("?")
        groups = [self._named(group) for group in slot.removesuffix("?").split("|")]
        if groups[0].endswith("confidential") and not self.facts.confidential:
            return ""
        for group in groups:
            usable = [each for each in PHRASINGS.get(group, ()) if not self._lacks(each)]
            if usable:
                turn = 0 if group in _BEST_FIRST else self.variant % len(usable)
                return self._fill(group, usable[turn])
        if not optional:
            self._ask(groups)
        return ""

    def subject(self, slot: str) -> str:
        """The first subject line that fits."""
        candidates = []
        for group in map(self._named, slot.split("|")):
            usable = [each for each in PHRASINGS.get(group, ()) if not self._lacks(each)]
            turned = [usable[(self.variant + at) % len(usable)] for at in range(len(usable))]
            candidates += [each.format_map(self.values) for each in turned]
        return next((each for each in candidates if len(each) <= SUBJECT_CHARS), "")

    def _named(self, group: str) -> str:
        nth = "second" if len(self.facts.earlier_dates) > 1 else "first"
        connection = self.facts.connection.value if self.facts.connection else "none"
        ground = "advice" if self.facts.advice else "talk" if self.facts.talked else "none"
        after = "will" if self.facts.will_do else "none"
        return group.format(
            connection=connection,
            purpose=self.facts.purpose.value,
            address=self.facts.address.value,
            nth=nth,
            mode=self.mode.value,
            ground=ground,
            after=after,
        )

    def _lacks(self, phrasing: str) -> list[str]:
        return [name for name in _fields(phrasing) if name not in self.values]

    def _ask(self, groups: list[str]) -> None:
        phrasings = next((found for group in groups if (found := PHRASINGS.get(group, ()))), ())
        if not phrasings:
            self.missing.append("connection")
        for name in self._lacks(phrasings[0]) if phrasings else []:
            self.missing.append(self._source(name))

    def _source(self, name: str) -> str:
        """The fact a derived value comes from."""
        if name == "connection_name" and self.facts.connection_name:
            return "leave"
        return {"a_role": "role", "windows_or": "windows", "ask_them": "introduce_why"}.get(name, name)

    def _fill(self, group: str, phrasing: str) -> str:
        hook = self.values.get("hook", "")
        if group == "hook" and hook[-1] in ".!?":
            return hook
        text = phrasing.format_map(self.values)
        return text[:-1] if text.endswith(("..", "!.", "?.")) else text


def _fields(phrasing: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(phrasing) if name]


def _sign_off(pen: _Pen) -> str:
    signed = pen.values.get("signature") or pen.values.get("seeker", "")
    if not signed:
        pen.missing.append("seeker")
    return "\n".join(part for part in [pen.say("closing"), signed] if part)


def _fitted(pen: _Pen, plan: Plan, greeting: str) -> str:
    """A note within its characters: where it does not fit, the longest part is left out and asked for."""
    slots = [slot for paragraph in plan.paragraphs for slot in paragraph]
    said = {slot: text for slot in slots if (text := pen.say(slot))}
    for spare, key in (("", ""), ("note.hook", "hook_short"), ("note.who", "who_short")):
        if said.pop(spare, ""):
            pen.missing.append(key)
        body = " ".join([greeting, *said.values()])
        if len(body) <= NOTE_CHARS:
            break
    return body
