"""Telephone numbers: the one form in which two numbers can be compared (E.164).

Theory of operation.  ``phonenumbers`` knows every numbering plan and is slow (some 40 us a
number) and slow to load; it is imported when the first number is met.  Most numbers need
little of it: nothing but digits and separators, written with a country code or the way
people write at home.  For these the possible lengths and the trunk prefix of the plan are
enough; anything less plain (a trunk zero after the country code, letters, an extension, a
prefix for calls abroad) goes the whole way.  The ways agree: the tests compare them over every
country.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

_PLAIN = re.compile(r"\+?[ (]*[0-9][0-9 ()./\u00a0\u2010-\u2015-]{5,30}")
_NOT_DIGITS = {ord(c): None for c in "+ ()./-\u00a0\u2010\u2011\u2012\u2013\u2014\u2015"}
_LONGEST_CODE = 3


class _Plan(NamedTuple):
    code: str
    lengths: frozenset[int]
    trunk: re.Pattern[str] | None  # what may stand before a national number and is no part of it
    trunk_after_code: re.Pattern[str] | None  # the same, but for a zero: that needs no pattern
    home_trunk: str  # the same where it is one plain prefix
    abroad: re.Pattern[str] | None  # what is dialled before a country code
    national: re.Pattern[str]


def e164(value: str, default_country: str = "") -> str:
    """``+491711234567``, or ``""`` where the number cannot be one.

    ``default_country`` is the ISO 3166 code (``DE``) in which a number without ``+`` is read.
    """
    if value[:1] == "+":
        digits = value[1:].replace(" ", "").replace("-", "")
        if digits.isdecimal() and digits.isascii() and (number := _international(digits)):
            return number
    country = default_country.upper()
    if _PLAIN.fullmatch(value):
        digits = value.translate(_NOT_DIGITS)
        number = _international(digits) if value[0] == "+" else _at_home(digits, country)
        if number:
            return number
    return _whole_way(value, country)


def _international(digits: str) -> str:
    plan = _plan_of_start(digits[:_LONGEST_CODE])
    if plan is None:
        return ""
    national = digits[len(plan.code) :]
    if len(national) not in plan.lengths or national[0] == "0":
        return ""
    return "" if plan.trunk_after_code and plan.trunk_after_code.match(national) else "+" + digits


def _at_home(digits: str, country: str) -> str:
    plan = _plan_of_region(country)
    if plan is None or (plan.trunk and not plan.home_trunk) or digits.startswith(plan.code):
        return ""
    if plan.abroad and plan.abroad.match(digits):
        return ""
    trunk = plan.home_trunk
    if trunk and digits.startswith(trunk):
        # Some plans have national numbers that begin like the prefix.
        if plan.national.fullmatch(digits):
            return ""
        digits = digits[len(trunk) :]
    return "" if len(digits) not in plan.lengths or digits[0] == "0" else f"+{plan.code}{digits}"


@cache
def _plan_of_start(start: str) -> _Plan | None:
    """The plan of the country code a number begins with; there are 1,110 starts, so all may be remembered."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    for size in range(1, len(start) + 1) if start[0] != "0" else ():
        if regions := COUNTRY_CODE_TO_REGION_CODE.get(int(start[:size])):
            return _plan(PhoneMetadata.metadata_for_region_or_calling_code(int(start[:size]), regions[0]))
    return None


@lru_cache(maxsize=512)
def _plan_of_region(country: str) -> _Plan | None:
    from phonenumbers import SUPPORTED_REGIONS, PhoneMetadata

    return _plan(PhoneMetadata.metadata_for_region(country)) if country in SUPPORTED_REGIONS else None


def _plan(found: Any) -> _Plan:
    trunk, abroad = found.national_prefix_for_parsing, found.international_prefix
    plain = trunk and trunk == found.national_prefix and not found.national_prefix_transform_rule
    return _Plan(
        str(found.country_code),
        frozenset(found.general_desc.possible_length),
        re.compile(trunk) if trunk else None,
        re.compile(trunk) if trunk and trunk != "0" else None,
        trunk if plain else "",
        re.compile(abroad) if abroad else None,
        re.compile(found.general_desc.national_number_pattern),
    )


@lru_cache(maxsize=1 << 14)
def _whole_way(value: str, country: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return ""
    # "Possible, but only locally" would make +1 555-0199 out of seven digits.
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
