"""How a person's days run: from what is known of where they are to ``rules.facts.Calendar``.

Theory of operation.  A zone or a country the seeker wrote down is taken as it is.  Otherwise a
guess is made only where nothing else could be meant: telephone numbers that all belong to one
country, a place that ends in a country's name, a city that gives its name to a zone of that
country, a country whose zones all keep the same time.  Where the zone stays open the seeker's own
stands in and ``zone_known`` is False: then nobody claims to know what time it is there.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from askwell.rules.facts import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable

_SAT_SUN = frozenset({5, 6})
_ALSO_CALLED = {
    "usa": "US",
    "u.s.a.": "US",
    "u.s.": "US",
    "united states of america": "US",
    "uk": "GB",
    "united kingdom": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "south korea": "KR",
    "korea": "KR",
    "russian federation": "RU",
    "türkiye": "TR",
    "deutschland": "DE",
    "österreich": "AT",
    "schweiz": "CH",
    "españa": "ES",
    "brasil": "BR",
    "italia": "IT",
    "nederland": "NL",
    "the netherlands": "NL",
    "czechia": "CZ",
    "日本": "JP",
}


@cache
def _table(name: str) -> tuple[tuple[str, ...], ...]:
    text = resources.files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
    return tuple(
        tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


@cache
def country_names() -> dict[str, str]:
    """Map folded country names to codes."""
    names = {row[1].casefold(): row[0] for row in _table("iso3166.tab")}
    return names | _ALSO_CALLED


@cache
def countries() -> dict[str, str]:
    """Map country codes to English names."""
    return {row[0]: row[1] for row in _table("iso3166.tab")}


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """Give the zones kept in a country."""
    return tuple(row[2] for row in _table("zone.tab") if row[0] == country)


@cache
def _zone_countries() -> dict[str, str]:
    return {row[2]: row[0] for row in _table("zone.tab")}


@cache
def known_zones() -> frozenset[str]:
    """Every zone name there is."""
    return frozenset(available_timezones())


@cache
def only_zone(country: str) -> str:
    """Give the one zone of a country, or of one whose zones all keep the same time; else nothing."""
    zones = zones_of(country)
    if len(zones) <= 1:
        return zones[0] if zones else ""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    moments = [start + timedelta(days=30 * month) for month in range(12)]
    clocks = {tuple(moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in moments) for zone in zones}
    return zones[0] if len(clocks) == 1 else ""


@lru_cache(maxsize=4096)
def locate(place: str) -> tuple[str, str]:
    """Read a place: (country, zone), each empty where it is not certain."""
    parts = [part.strip().casefold() for part in place.split(",") if part.strip()]
    country = country_names().get(parts[-1], "") if parts else ""
    if not country:
        return "", ""
    cities = {part.removeprefix("greater ").removesuffix(" area") for part in parts[:-1]}
    for zone in zones_of(country):
        if zone.rsplit("/", 1)[-1].replace("_", " ").casefold() in cities:
            return country, zone
    return country, only_zone(country)


@lru_cache(maxsize=8192)
def phone_country(number: str) -> str:
    """Give the country an E.164 number belongs to; empty where it cannot be told."""
    import phonenumbers  # slow to load, and only a number that came with its country asks for it

    try:
        region = phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return ""
    return "" if region in {None, "ZZ", "001"} else str(region)


@lru_cache(maxsize=512)
def days_off(country: str, first_year: int, last_year: int) -> tuple[frozenset[int], frozenset[date]]:
    """Give weekend days (0 = Monday) and public holidays of the years; those of nowhere are none."""
    try:
        import holidays  # loads for a quarter of a second; most commands never ask for a holiday

        found = holidays.country_holidays(country, years=range(first_year, last_year + 1))
    except NotImplementedError:
        return _SAT_SUN, frozenset()
    return frozenset(found.weekend), frozenset(found.keys())


@lru_cache(maxsize=4096)
def calendar(zone: str, country: str, *, zone_known: bool, year: int) -> Calendar:
    """Give a calendar with the holidays of the year before to the year after."""
    weekend, free = days_off(country, year - 1, year + 1) if country else (_SAT_SUN, frozenset[date]())
    return Calendar(zone=zone, zone_known=zone_known, country=country, weekend=weekend, holidays=free)


def of_seeker(zone: str, country: str, *, now: datetime) -> Calendar:
    """The seeker's own calendar; an unknown zone name is read as UTC."""
    known = zone in known_zones()
    country = country or _zone_countries().get(zone, "")
    return calendar(zone if known else "UTC", country, zone_known=known, year=now.year)


def of_contact(
    *, zone: str, country: str, place: str, phones: Iterable[str], seeker: Calendar, now: datetime
) -> Calendar:
    """The calendar of a contact, guessed only where nothing else could be meant."""
    placed_country, placed_zone = locate(place) if place else ("", "")
    country = country or placed_country or _country_of_phones(phones)
    if zone not in known_zones():
        zone = placed_zone if placed_country == country and placed_zone else only_zone(country)
    elif not country:
        country = _zone_countries().get(zone, "")
    if zone:
        return calendar(zone, country, zone_known=True, year=now.year)
    return calendar(seeker.zone, country or seeker.country, zone_known=False, year=now.year)


def _country_of_phones(phones: Iterable[str]) -> str:
    found = {phone_country(phone.partition(";")[0]) for phone in phones if phone.startswith("+")}
    return found.pop() if len(found) == 1 else ""
