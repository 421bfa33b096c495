"""Which points name one person."""

from askwell.people.points import is_identity


def test_only_what_belongs_to_one_person_is_an_identity():
    assert is_identity("email", "jane@acme.example")
    assert is_identity("phone", "+13125550100")
    assert is_identity("url", "linkedin.com/in/jane-doe")
    assert not is_identity("phone", "030901820")
    assert not is_identity("url", "acme.example")
    assert not is_identity("url", "linkedin.com/company/acme")
