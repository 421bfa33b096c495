"""Confidential search: the present employer is kept out of it (Q01).

Theory of operation.  Who is guarded comes in as facts: ids of the employer and its affiliates, and
their mail domains.  A recipient with such an organization or address is refused, with no override;
subdomains count as the domain.  Titles that may show on a shared calendar or a locked phone have a
neutral form.  Nobody can promise secrecy: people talk, and the page says so (S4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from askwell.rules.decisions import Refusal, StepCode, because
from askwell.rules.explain_texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What must not learn of the search: organization ids and mail domains, lower case."""

    organizations: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()


def is_guarded(guard: Guard, *, organization: int | None = None, addresses: Iterable[str] = ()) -> bool:
    """Say whether a contact there would let the employer know."""
    if organization is not None and organization in guard.organizations:
        return True
    return any(_domain_guarded(address, guard.domains) for address in addresses)


def refuse_recipients(guard: Guard, addresses: Iterable[str]) -> tuple[Refusal, ...]:
    """One hard refusal for each address, cc and bcc included, at a guarded domain."""
    return tuple(
        Refusal(reason=because("Q01", "refuse.guarded_address", address=address), hard=True)
        for address in addresses
        if _domain_guarded(address, guard.domains)
    )


def _domain_guarded(address: str, domains: frozenset[str]) -> bool:
    domain = address.rpartition("@")[2].strip(" >.").lower()
    return any(domain == guarded or domain.endswith("." + guarded) for guarded in domains)


_NEUTRAL: dict[StepCode, str] = {
    StepCode.RENEW_GOAL: _("Review"),
    StepCode.RENEW_RESUME: _("Review"),
    StepCode.REPRINT_CARDS: _("Errand"),
    StepCode.PLAN_EVENT: _("Event"),
}
_NEUTRAL_PERSON = _("Note for {name}")
_NEUTRAL_TALK = _("Conversation with {name}")
_TALKS = frozenset({StepCode.CONFIRM_TALK, StepCode.PREPARE_TALK, StepCode.LOG_TALK, StepCode.REFLECT})


def neutral_title(code: StepCode, *, name: str = "", translate: Callable[[str], str] = str) -> str:
    """Title a step so that it gives no search away."""
    text = _NEUTRAL.get(code, _NEUTRAL_TALK if code in _TALKS else _NEUTRAL_PERSON)
    return translate(text).format(name=name)


def neutral_talk(*, name: str, translate: Callable[[str], str] = str) -> str:
    """Title a talk for a calendar others may see."""
    return translate(_NEUTRAL_TALK).format(name=name)
