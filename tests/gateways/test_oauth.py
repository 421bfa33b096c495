"""What is asked of Google and Microsoft, as they document it, and what their refusals mean."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from askwell.gateways import oauth
from askwell.gateways.errors import Permanent, Transient, Trouble
from askwell.gateways.oauth import Client
from askwell.gateways.providers import ISSUERS, PROVIDERS, issuer_at, issuer_of, provider_with
from askwell.gateways.smtp_answers import refusal

BACK = "http://localhost:8765/settings/mail/oauth/back/"


def asked(key, tenant=""):
    url = oauth.sign_in_url(
        issuer_of(key),
        Client(id="us", tenant=tenant),
        redirect=BACK,
        state="s",
        verifier="v" * 43,
        address="l@x.example",
    )
    there = urlsplit(url)
    return f"{there.scheme}://{there.netloc}{there.path}", {k: v[0] for k, v in parse_qs(there.query).items()}


def test_google_is_asked_for_mail_and_for_something_that_lasts():
    page, query = asked("google")
    assert page == "https://accounts.google.com/o/oauth2/v2/auth"
    assert query["scope"] == "https://mail.google.com/"
    assert (query["access_type"], query["prompt"]) == (
        "offline",
        "consent",
    )  # else no refresh token comes again
    assert (query["response_type"], query["redirect_uri"], query["login_hint"]) == (
        "code",
        BACK,
        "l@x.example",
    )


def test_microsoft_is_asked_for_reading_and_sending_in_any_organization_or_in_one():
    page, query = asked("microsoft")
    assert page == "https://login.microsoftonline.com/common/oauth2/v2.0/authorize"
    assert query["scope"].split() == [
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
        "offline_access",
    ]
    assert asked("microsoft", "northfield.example")[0].split("/")[3] == "northfield.example"


def test_the_hash_of_the_verifier_goes_along_and_not_the_verifier():
    _page, query = asked("google")
    assert query["code_challenge_method"] == "S256"
    assert "v" * 43 not in str(query)
    assert 43 <= len(oauth.new_verifier()) <= 128


def test_every_issuer_speaks_by_tls_alone_and_opens_a_provider():
    for issuer in ISSUERS:
        for address in (issuer.authorize, issuer.token, issuer.device or issuer.token):
            assert address.startswith("https://")
        assert [one for one in PROVIDERS if one.issuer == issuer.key]


def test_a_domain_of_ones_own_goes_to_the_servers_of_organizations():
    microsoft = issuer_of("microsoft")
    assert provider_with(microsoft, "lina@northfield.example").name == "Microsoft 365"
    assert provider_with(microsoft, "lina@outlook.com").name == "Outlook.com"
    assert issuer_at("imap.gmail.com") == issuer_of("google")
    assert issuer_at("imap.northfield.example") is None


@pytest.mark.parametrize(
    ("error", "kind", "code"),
    [
        ("invalid_grant", Permanent, Trouble.SIGN_IN),
        ("interaction_required", Permanent, Trouble.SIGN_IN),
        ("expired_token", Permanent, Trouble.SIGN_IN),
        ("access_denied", Permanent, Trouble.REFUSED),
        ("invalid_client", Permanent, Trouble.CLIENT),
        ("invalid_scope", Permanent, Trouble.CLIENT),
        ("temporarily_unavailable", Transient, Trouble.BUSY),
        ("server_error", Transient, Trouble.BUSY),
    ],
)
def test_what_may_pass_is_told_from_what_only_the_user_can_mend(error, kind, code):
    found = oauth.refusal(error, "", server="Northfield")
    assert (type(found), found.code) == (kind, code)


def test_an_administrator_who_lets_nothing_send_is_told_from_a_token_that_ran_out():
    said = "5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."
    assert refusal("auth", 535, said, token=True).code is Trouble.SENDING_OFF
    assert refusal("auth", 535, "5.7.3 Authentication unsuccessful", token=True).code is Trouble.TOKEN
