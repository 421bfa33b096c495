"""What holds for any text whatever."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from askwell.rules.facts import Leave, Mode
from askwell.rules.lint import Context, Medium, Message, Part, explain, explain_fix, lint

PIECES = st.sampled_from(
    [
        "Dear Ms. van der Berg,", "Hi {name},", "Subject: Hello", "To: a@example.com, b@example.com", "Are you hiring?",
        "Could we talk for an hour?", "I am a student.", "Just checking in again.", "> quoted", "---", "_____", "[Name]",
        "Please reply by Friday.", "\n", "\n\n", " ", "Thanks,", "Ana", "P.S. Is there a job?", "20 minutes", "half-hour",
        "Tamsin Okoye suggested I write.", "amazing brilliant inspiring awe", "“quoted”", "İstanbul", "日本語", "\r\n", "\u2028",
        "Dear Sir or Madam,", "(his/her)", "<NAME>", "https://example.com/?x={id}", "`{code}`", "On Monday Ana wrote:", "- one",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(PIECES, max_size=25).map(" ".join),
    st.lists(PIECES, max_size=25).map("\n".join),
)
CONTEXTS = st.builds(
    Context,
    channel=st.none() | st.sampled_from(Medium),
    given=st.sampled_from(["", "Ana"]),
    family=st.sampled_from(["", "van der Berg"]),
    referrer=st.sampled_from(["", "Tamsin Okoye", "("]),
    leave=st.sampled_from(Leave),
    hook=st.sampled_from(["", "blank fields in ward records"]),
    advice=st.sampled_from(["", "sit in on a ward round"]),
    previous=st.lists(TEXTS, max_size=2).map(tuple),
    earlier=st.lists(TEXTS, max_size=1).map(tuple),
    attachments=st.sampled_from([(), ("cv.pdf",)]),
    recipients=st.sampled_from([1, 3]),
    is_first=st.none() | st.booleans(),
    talked=st.booleans(),
    senior_stranger=st.booleans(),
    hiring_manager=st.booleans(),
    confidential=st.booleans(),
    zones_differ=st.booleans(),
    outside_hours=st.booleans(),
    at_guarded_employer=st.booleans(),
)
BRIEFLY = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@BRIEFLY
@given(TEXTS, st.sampled_from(Mode), CONTEXTS)
def test_lint_never_raises_and_points_inside_the_text(text, mode, context):
    lines = text.count("\n") + 1
    for finding in lint(text, mode=mode, context=context):
        assert 0 <= finding.offset <= finding.offset + finding.length <= len(text)
        assert 1 <= finding.line <= lines
        assert (
            text.split("\n")[finding.line - 1][: finding.col - 1]
            == text[: finding.offset].rpartition("\n")[2]
        )
        assert "{" not in explain(finding) or "{" in str(finding.params)


@BRIEFLY
@given(TEXTS, st.text(max_size=40), st.sampled_from(Mode), CONTEXTS)
def test_a_message_of_parts_is_pointed_into_by_part(body, subject, mode, context):
    for finding in lint(Message(body=body, subject=subject), mode=mode, context=context):
        part = subject if finding.part is Part.SUBJECT else body
        assert finding.offset + finding.length <= len(part)


@BRIEFLY
@given(TEXTS, st.sampled_from(Mode), CONTEXTS)
def test_a_fix_changes_the_text_and_adds_no_finding_of_its_kind(text, mode, context):
    findings = lint(text, mode=mode, context=context)
    for finding in findings:
        if finding.fix:
            mended = finding.fix.apply(text)
            assert mended != text
            assert explain_fix(finding.fix)
            assert count(finding, lint(mended, mode=mode, context=context)) <= count(finding, findings)


def count(finding, findings):
    return sum(1 for each in findings if (each.code, each.text) == (finding.code, finding.text))


@BRIEFLY
@given(TEXTS, st.sampled_from(Mode), CONTEXTS)
def test_linting_twice_says_the_same(text, mode, context):
    assert lint(text, mode=mode, context=context) == lint(text, mode=mode, context=context)
