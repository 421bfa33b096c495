"""Letters in many manners: the good ones stay clean, the bad ones get exactly what they earned.

"expect" names the codes a letter earns, "misses" those it earns and the lint lets pass, since
hearing them would cost well-written letters a false finding.  The letters in ``held-out`` were
never tuned on: only how many of them are judged rightly is tested.
"""

from pathlib import Path
from typing import NamedTuple

from tests.tables import every

from askwell.rules.facts import Mode
from askwell.rules.lint import Context, Medium, Severity, lint

CORPUS = Path(__file__).parents[2] / "corpus" / "messages"
SPOKEN_FOR = {Medium.LINKEDIN_NOTE, Medium.DM}  # a text file does not show that it is one


def read(path):
    """Header lines "# key: value", then the message."""
    lines, header = path.read_text(encoding="utf-8").split("\n"), {}
    while lines[0].startswith("# "):
        key, value = lines.pop(0)[2:].split(": ", 1)
        header[key] = value
    return header, "\n".join(lines)


def codes(header, text, *, channel, loud=False):
    context = Context(channel=channel)
    findings = lint(text, mode=Mode(header["mode"]), context=context)
    return {each.code for each in findings if not loud or each.severity is not Severity.HINT}


class Letter(NamedTuple):
    name: str
    header: dict[str, str]
    text: str
    channel: Medium | None

    @property
    def expected(self):
        return set(self.header.get("expect", "").split())


def cases(kind):
    for path in sorted((CORPUS / kind).glob("*.txt")):
        header, text = read(path)
        channel = Medium(header["channel"]) if "channel" in header else None
        if channel not in SPOKEN_FOR:
            yield Letter(path.stem, header, text, None)
        if channel:
            yield Letter(path.stem, header, text, channel)


def test_a_well_written_message_gets_no_finding():
    def is_clean(letter):
        assert codes(letter.header, letter.text, channel=letter.channel) == letter.expected

    every(cases("good"), is_clean)


def test_a_flawed_message_gets_its_codes():
    def is_caught(letter):
        assert letter.expected <= codes(letter.header, letter.text, channel=letter.channel)

    every(cases("bad"), is_caught)


def test_a_flawed_message_gets_no_loud_finding_beside_its_codes():
    def is_spared(letter):
        assert codes(letter.header, letter.text, channel=letter.channel, loud=True) <= letter.expected

    every(cases("bad"), is_spared)


def test_what_the_lint_is_known_to_miss_it_still_misses():
    known = [(header, text) for path in (CORPUS / "bad").glob("*.txt") for header, text in [read(path)]]
    for header, text in known:
        missed = set(header.get("misses", "").split())
        assert not missed & codes(header, text, channel=None), "mark it as expected now"


def held_out(kind):
    for path in sorted((CORPUS / "held-out" / kind).glob("*.txt")):
        header, text = read(path)
        channel = Medium(header["channel"]) if "channel" in header else None
        yield set(header.get("expect", "").split()), codes(header, text, channel=channel, loud=True)


def test_nine_of_ten_good_letters_never_seen_before_stay_clean():
    found = [said for _, said in held_out("good")]
    assert sum(not said for said in found) >= 0.89 * len(found)


def test_three_of_four_faults_never_seen_before_are_found():
    earned = [(expected, said) for expected, said in held_out("bad")]
    found = sum(len(expected & said) for expected, said in earned)
    assert found >= 0.75 * sum(len(expected) for expected, _ in earned)


def test_there_are_at_least_sixty_of_each():
    assert len(list((CORPUS / "good").glob("*.txt"))) >= 60
    assert len(list((CORPUS / "bad").glob("*.txt"))) >= 60
