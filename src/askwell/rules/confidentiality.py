"""Confidential search: the present employer is kept out of it (Q01).

Theory of operation.  Who is guarded comes in as facts: ids of the employer and its affiliates, and
their mail domains.  A recipient with such an organization or address is refused, with no override;
subdomains count as the domain.  A calendar others may see is told a bare title and no name
(``formats.ics``).  Nobody can promise secrecy: people talk, and the page says so (S4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What must not learn of the search: organization ids and mail domains, lower case."""

    organizations: frozenset[int] = frozenset()
    domains: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Something is guarded."""
        return bool(self.organizations or self.domains)


def is_guarded(guard: Guard, *, organizations: Iterable[int] = (), addresses: Iterable[str] = ()) -> bool:
    """Say whether a contact there would let the employer know."""
    if not guard.organizations.isdisjoint(organizations):
        return True
    return any(_domain_guarded(address, guard.domains) for address in addresses)


def _domain_guarded(address: str, domains: frozenset[str]) -> bool:
    domain = address.rpartition("@")[2].strip(" >.").lower()
    return any(domain == guarded or domain.endswith("." + guarded) for guarded in domains)
