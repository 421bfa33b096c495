"""Is this English?  A cheap ratio of the commonest words.

Theory of operation.  About two words in five of an English letter are among its sixty commonest.
Where few are, and words of another language's list or another script prevail, only the checks
that need no English speak.
"""

from __future__ import annotations

import re

_ENGLISH = frozenset(
    """the and of to is you your i i'm i'd i've for with that have my would are at on it this be from about was as
    could how what who we by if or an in do not can me has will but when which their they been where thanks thank""".split()
)
_SHARED = frozenset("i in me do was an or on by has at as to will is for we her be".split())
_OTHERS = frozenset(
    """der die das und ich nicht mit ist für ein eine einen sie ihre ihren ihr ihnen mich mir auf zu von wir sehr als
    bei würde könnte minuten über le la les des et je vous votre vos nous est pour avec dans que qui sur mon ma une un
    du au aux pas suis serait par el los las y en su sus mi es para con una por del que lo se muy como estoy il di che
    per non sono mio mia suo sua gli della nel anche o os um uma com não meu minha seu sua em no na de het een ik niet
    van voor met zijn mijn uw op dat och jag det att som är på med för inte din min ett jeg ikke og til av på vil
    ja nie się z na w do że jest dla bir ve için bu olarak ile""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FEW = 8  # fewer words prove nothing
_SURE = 0.2
_ALONE = 0.1  # enough where no other language speaks against it


def is_english(text: str) -> bool:
    """True for English and for texts too short to tell."""
    words = [word.lower() for word in _WORD.findall(text[:6000])]
    if not words:
        return True
    latin = sum(1 for word in words if word[0] < "\u0250" or "\u1e00" <= word[0] <= "\u1eff")
    if latin < len(words) / 2:
        return False
    if len(words) < _FEW:
        return True
    english = sum(1 for word in words if word in _ENGLISH)
    plain = sum(1 for word in words if word in _ENGLISH and word not in _SHARED)
    foreign = sum(1 for word in words if word in _OTHERS and word not in _ENGLISH)
    ratio = english / len(words)
    return ratio >= _SURE and plain >= foreign if foreign else ratio >= _ALONE
