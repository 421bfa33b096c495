"""Letters in many manners: the good ones stay clean, the bad ones get exactly what they earned."""

from pathlib import Path

import pytest

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


def cases(kind):
    for path in sorted((CORPUS / kind).glob("*.txt")):
        header, text = read(path)
        channel = Medium(header["channel"]) if "channel" in header else None
        if channel not in SPOKEN_FOR:
            yield pytest.param(header, text, None, id=path.stem)
        if channel:
            yield pytest.param(header, text, channel, id=f"{path.stem}-{channel}")


@pytest.mark.parametrize(("header", "text", "channel"), list(cases("good")))
def test_a_well_written_message_gets_no_finding(header, text, channel):
    assert codes(header, text, channel=channel) == set(header.get("expect", "").split())


@pytest.mark.parametrize(("header", "text", "channel"), list(cases("bad")))
def test_a_flawed_message_gets_its_codes(header, text, channel):
    assert set(header["expect"].split()) <= codes(header, text, channel=channel)


@pytest.mark.parametrize(("header", "text", "channel"), list(cases("bad")))
def test_a_flawed_message_gets_no_loud_finding_beside_its_codes(header, text, channel):
    assert codes(header, text, channel=channel, loud=True) <= set(header["expect"].split())


def test_there_are_at_least_sixty_of_each():
    assert len(list((CORPUS / "good").glob("*.txt"))) >= 60
    assert len(list((CORPUS / "bad").glob("*.txt"))) >= 60
