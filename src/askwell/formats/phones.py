"""Telephone numbers: the one form in which two numbers can be compared (E.164).

Theory of operation.  ``phonenumbers`` knows every numbering plan and is slow (some 60 us a
number) and slow to load; it is imported when the first number is met.  A number that is
written internationally, with nothing but digits and separators after its ``+``, is
checked against the country code and the possible lengths of that plan alone; anything less
plain (a trunk zero, letters, an extension, a local number) goes the whole way.  The two ways
agree: the tests compare them over every country.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

_PLAIN = re.compile(r"\+[ (]*[1-9][0-9 ()./\u00a0\u2010-\u2015-]{5,30}")
_NOT_DIGITS = {ord(c): None for c in "+ ()./-\u00a0\u2010\u2011\u2012\u2013\u2014\u2015"}
_LONGEST_CODE = 3


class _Plan(NamedTuple):
    lengths: frozenset[int]
    trunk: re.Pattern[str] | None  # what may stand before a national number and is no part of it


def e164(value: str, default_country: str = "") -> str:
    """``+491711234567``, or ``""`` where the number cannot be one.

    ``default_country`` is the ISO 3166 code (``DE``) in which a number without ``+`` is read.
    """
    if _PLAIN.fullmatch(value) and (number := _international(value.translate(_NOT_DIGITS))):
        return "+" + number
    return _whole_way(value, default_country.upper())


def _international(digits: str) -> str:
    for size in range(1, _LONGEST_CODE + 1):
        plan = _plan(int(digits[:size]))
        if plan is None:
            continue
        national = digits[size:]
        if len(national) not in plan.lengths or national[0] == "0":
            return ""
        return "" if plan.trunk and plan.trunk.match(national) else digits
    return ""


@cache
def _plan(code: int) -> _Plan | None:
    """The plan of a country code; there are fewer than 300, so all may be remembered."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    regions = COUNTRY_CODE_TO_REGION_CODE.get(code)
    if regions is None:
        return None
    plan: Any = PhoneMetadata.metadata_for_region_or_calling_code(code, regions[0])
    trunk = plan.national_prefix_for_parsing
    return _Plan(frozenset(plan.general_desc.possible_length), re.compile(trunk) if trunk else None)


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
