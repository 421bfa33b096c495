"""Finding the servers of a mailbox from its address alone."""

from pathlib import Path

import dns.resolver
import pytest
from tests.servers.dns import dns_server
from tests.servers.places import free_port

from askwell.gateways import discovery
from askwell.gateways.discovery import Found, How, discover, is_there
from askwell.gateways.providers import PROVIDERS, SignIn, provider_at, provider_behind, provider_of
from askwell.gateways.servers import Server

ACME = {
    ("_imaps._tcp.acme.example", "SRV"): ["10 1 993 slow.acme.example.", "0 1 1993 mail.acme.example."],
    ("_submissions._tcp.acme.example", "SRV"): ["0 1 465 mail.acme.example."],
}


def look_up(address, records, answers=lambda _server: False):
    with dns_server(records) as server:
        return discover(address, resolver=server.resolver, answers=answers)


def nobody_asks(_server):
    raise AssertionError("no server is to be tried")


def test_a_large_provider_is_known_without_asking_anybody():
    with dns_server({}) as server:
        found = discover("Alice@GMail.com ", resolver=server.resolver, answers=nobody_asks)
        assert server.asked == []
    assert found.how is How.KNOWN
    assert found.imap == Server(host="imap.gmail.com", port=993)
    assert found.provider.sign_in is SignIn.APP_PASSWORD


def test_a_domain_says_itself_where_its_servers_are():
    found = look_up("jane@acme.example", ACME, nobody_asks)
    assert found == Found(
        how=How.SRV,
        imap=Server(host="mail.acme.example", port=1993),
        smtp=Server(host="mail.acme.example", port=465),
    )


def test_starttls_is_taken_where_nothing_else_is_named():
    found = look_up(
        "jane@acme.example",
        {
            ("_imap._tcp.acme.example", "SRV"): ["0 1 143 mail.acme.example."],
            ("_submission._tcp.acme.example", "SRV"): ["0 1 587 mail.acme.example."],
        },
    )
    assert (found.imap.security, found.imap.port) == ("starttls", 143)
    assert (found.smtp.security, found.smtp.port) == ("starttls", 587)


def test_a_dot_says_that_a_service_is_not_offered():
    found = look_up(
        "jane@acme.example",
        {
            ("_imaps._tcp.acme.example", "SRV"): ["0 0 0 ."],
            ("_submissions._tcp.acme.example", "SRV"): ["0 1 465 out.acme.example."],
        },
    )
    assert found.imap is None
    assert found.smtp.host == "out.acme.example"


def test_a_server_outside_the_domain_is_marked_before_a_password_is_typed():
    records = {("_imaps._tcp.acme.example", "SRV"): ["0 1 993 imap.acme.example.elsewhere.example."]}
    assert look_up("jane@acme.example", records).elsewhere
    assert not look_up("jane@acme.example", ACME).elsewhere


def test_a_school_that_named_a_known_provider_gets_that_providers_help():
    records = {("_imaps._tcp.school.example", "SRV"): ["0 1 993 outlook.office365.com."]}
    assert look_up("jane@school.example", records).provider.sign_in is SignIn.TOKEN


@pytest.mark.parametrize(
    ("mail_server", "name", "host"),
    [
        ("aspmx.l.google.com.", "Gmail", "imap.gmail.com"),
        ("acme-example.mail.protection.outlook.com.", "Microsoft 365", "outlook.office365.com"),
        ("in1-smtp.messagingengine.com.", "Fastmail", "imap.fastmail.com"),
        ("mx.zoho.eu.", "Zoho Mail", "imap.zoho.eu"),
        ("mx00.kundenserver.de.", "IONOS", "imap.ionos.de"),
        ("acme.olc.protection.outlook.com.", "Outlook.com", "outlook.office365.com"),
    ],
)
def test_a_domain_whose_mail_goes_to_a_provider_is_read_there(mail_server, name, host):
    records = {("acme.example", "MX"): ["20 backup.elsewhere.example.", f"10 {mail_server}"]}
    found = look_up("jane@acme.example", records, nobody_asks)
    assert (found.how, found.provider.name, found.imap.host) == (How.MX, name, host)
    assert found.elsewhere


def test_the_last_way_is_to_try_names_that_many_use():
    there = {"mail.acme.example:993", "smtp.acme.example:465"}
    found = look_up("jane@acme.example", {}, lambda server: server.place in there)
    assert (found.how, found.imap.host, found.smtp.host) == (
        How.GUESS,
        "mail.acme.example",
        "smtp.acme.example",
    )


@pytest.mark.parametrize(
    "address", ["jane@acme.example", "jane", "jane@localhost", "", "a@b..c", "a@" + "x" * 70 + ".example"]
)
def test_nothing_is_found_where_nothing_is(address):
    assert look_up(address, {}) is None


def test_a_domain_in_another_script_is_asked_for_as_the_dns_writes_it():
    with dns_server({}) as server:
        discover("jane@bücher.example", resolver=server.resolver, answers=lambda _server: False)
        assert ("_imaps._tcp.xn--bcher-kva.example", "SRV") in server.asked


def test_a_dns_that_says_nothing_leaves_the_guess(monkeypatch):
    monkeypatch.setattr(discovery, "SECONDS", 0.2)
    with dns_server({}, silent=True) as server:
        found = discover("jane@acme.example", resolver=server.resolver, answers=lambda _server: True)
        assert len({question for question, _kind in server.asked}) == 1
    assert found.how is How.GUESS


def test_without_any_dns_names_are_still_tried(monkeypatch):
    def nothing_set_up():
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver, "Resolver", nothing_set_up)
    assert discover("jane@acme.org", answers=lambda _server: True).how is How.GUESS


@pytest.mark.parametrize("domain", ["acme.example", "acme.test", "acme.invalid", "mail.localhost"])
def test_nobody_is_asked_about_names_that_are_never_given_out(domain):
    assert discover(f"jane@{domain}", answers=nobody_asks) is None


def test_a_guess_counts_only_with_a_certificate_for_its_name(mail):
    assert is_there(Server(host=mail.host, port=mail.dovecot.port, authorities=mail.authority))
    assert not is_there(Server(host="127.0.0.1", port=mail.dovecot.port, authorities=mail.authority))
    assert not is_there(Server(host=mail.host, port=mail.dovecot.port))
    assert not is_there(Server(host="127.0.0.1", port=free_port()))


# The list


def test_a_domain_belongs_to_one_provider():
    domains = [domain for provider in PROVIDERS for domain in provider.domains]
    assert len(domains) == len(set(domains))
    assert [
        domain for domain in domains if domain != domain.lower() or provider_of(f"x@{domain}") is None
    ] == []


def test_what_wants_a_password_of_its_own_says_where_it_is_made():
    silent = [
        provider.name
        for provider in PROVIDERS
        if provider.sign_in in {SignIn.APP_PASSWORD, SignIn.MAIL_PASSWORD, SignIn.BRIDGE}
        and not provider.page
    ]
    assert silent == []


def test_every_provider_is_spoken_to_encrypted_and_has_a_source():
    for provider in PROVIDERS:
        assert {provider.imap.security, provider.smtp.security} <= {"tls", "starttls"}
        assert all(
            link.startswith("https://")
            for link in (provider.source, provider.page, provider.switch_on)
            if link
        )
        assert provider.source


def test_the_docs_name_the_servers_that_are_tried():
    told = (Path(__file__).resolve().parents[2] / "docs/connecting-mail.md").read_text()
    rows = [line for line in told.splitlines() if line.startswith("|")]
    for provider in PROVIDERS:
        if provider.name == "IONOS" or (
            "zoho" in provider.imap.host and provider.imap.host != "imap.zoho.com"
        ):
            continue  # told in a word beside another row, or not at all
        read, send = (
            f"`{server.host}` {server.port}{' STARTTLS' if server.security == 'starttls' else ''}"
            for server in (provider.imap, provider.smtp)
        )
        assert any(f"| {read} | {send} |" in row for row in rows), provider.name


@pytest.mark.parametrize("name", ["notgoogle.com", "google.com.elsewhere.example", ""])
def test_a_name_that_only_looks_like_a_providers_is_not(name):
    assert provider_behind(name) is None
    assert provider_at(name) is None
    assert provider_of(f"jane@{name}") is None
