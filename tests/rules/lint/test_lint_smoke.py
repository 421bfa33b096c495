from askwell.rules.lint import lint

GOOD = """Subject: Fellow Smith alum with a question about pricing

Dear Ms. van der Berg,

Professor Lindqvist suggested I write to you. I am a second-year MBA student at Smith, moving from
nursing to health economics. Your talk on drug pricing in Leiden made me wonder how a payer decides
which evidence counts.

Would you have twenty minutes for a call in the next two weeks? I am glad to work around your schedule.

Kind regards,
Amara Osei
"""


def test_a_good_first_letter_has_no_finding():
    assert lint(GOOD) == []
