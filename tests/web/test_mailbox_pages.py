"""Connecting a mailbox: from an address, over a trial of every step, to its page; its password on no page."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from tests.servers.together import HOST

from askwell.mailroom import secrets
from askwell.mailroom.accounts import Connection, connect_account, forget_account
from askwell.mailroom.lifecycle import State
from askwell.mailroom.models import Account, Arrival, Outgoing
from askwell.mailroom.outbox import GIVE_UP, new_message_id
from askwell.outreach import actions
from askwell.outreach.actions import arrivals
from askwell.people.actions import NewContact, add_contact
from askwell.people.queries import own_name

PASSWORD = "secret"
WRONG = "wrong-kettle-9"


@pytest.fixture(autouse=True)
def _sealed(monkeypatch):
    monkeypatch.setenv("ASKWELL_KEYRING", "0")


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


NORTHFIELD = Connection(
    address="lina@northfield.example",
    name="Lina Haddad",
    imap_host="imap.northfield.example",
    smtp_host="smtp.northfield.example",
)


def filled(connection, secret="") -> dict[str, object]:
    """What the form sends."""
    values = {name: value for name, value in asdict(connection).items() if value is not False}
    return {**values, "secret": secret}


@pytest.fixture
def mailbox(owner, clock):
    """Lina's mailbox, connected to servers that are not there."""
    return connect_account(owner, NORTHFIELD, PASSWORD, now=clock)


@pytest.fixture
def reachable(mail, settings):
    """How a mailbox of the test servers is reached."""
    settings.MAIL_AUTHORITIES = mail.authority
    return Connection(
        address=mail.someone(),
        imap_host=HOST,
        imap_port=mail.dovecot.port,
        smtp_host=HOST,
        smtp_port=mail.postfix.port,
    )


def test_with_no_mailbox_one_thing_is_asked_for(lina):
    page = text(lina.get("/settings/mail/"))
    assert page.count('<input type="email"') == 1
    assert 'type="password"' not in page
    assert "marks and moves nothing" in page


def test_an_address_that_is_none_is_said_at_its_field(lina):
    answer = lina.get("/settings/mail/connect/", {"address": "lina"})
    assert answer.status_code == 422
    assert 'value="lina"' in text(answer)


def test_the_page_of_a_trial_loaded_again_begins_anew_and_blames_nobody(lina):
    answer = lina.get("/settings/mail/connect/", follow=True)
    assert answer.redirect_chain == [("/settings/mail/", 303)]
    assert "There is something to mend" not in text(answer)


def test_what_came_and_what_waits_is_found_also_where_nothing_asks_for_a_word(lina, mailbox):
    for path in ("/more/", f"/settings/mail/{mailbox.pk}/", "/find/?q=mail"):
        assert 'href="/mail/"' in text(lina.get(path)), path


def test_from_password_to_connected_every_step_is_tried_and_told(lina, owner, reachable):
    answer = lina.post("/settings/mail/connect/", filled(reachable, PASSWORD), follow=True)
    page = text(answer)
    account = Account.objects.for_owner(owner).get()
    assert answer.redirect_chain == [(f"/settings/mail/{account.pk}/", 303)]
    for step in ("Sign in to read mail", "Open the inbox", "Sign in to send mail", "Send under this address"):
        assert step in page
    assert "All is well" in page
    assert secrets.secret_of(owner, account.handle) == PASSWORD
    assert "What was tried" not in text(lina.get(f"/settings/mail/{account.pk}/"))  # told once


def test_the_name_given_with_a_mailbox_ends_the_letters_and_takes_no_others_place(
    lina, owner, reachable, now
):
    sent = filled(reachable, PASSWORD) | {"name": "Lina Haddad"}
    lina.post("/settings/mail/connect/", sent, follow=True)
    assert own_name(owner) == "Lina Haddad"
    forget_account(Account.objects.for_owner(owner).get(), now=now)
    lina.post("/settings/mail/connect/", sent | {"name": "L. H."}, follow=True)
    assert own_name(owner) == "Lina Haddad"


def test_a_wrong_password_keeps_what_was_typed_but_not_itself(lina, reachable):
    sent = filled(reachable, WRONG) | {"name": "Lina H. Haddad"}
    answer = lina.post("/settings/mail/connect/", sent)
    page = text(answer)
    assert answer.status_code == 422
    assert "did not take the password" in page
    assert "Lina H. Haddad" in page
    assert WRONG not in page
    assert not Account.objects.exists()
    assert WRONG not in str(dict(lina.session))


def test_what_cannot_be_right_is_said_at_its_field_before_anything_is_asked(lina):
    sent = filled(NORTHFIELD, WRONG) | {"imap_host": "https://imap.northfield.example"}
    answer = lina.post("/settings/mail/connect/", sent)
    page = text(answer)
    assert answer.status_code == 422
    assert "This is no name of a server" in page
    assert 'value="https://imap.northfield.example"' in page
    assert WRONG not in page


def test_without_a_password_it_is_asked_for(lina):
    answer = lina.post("/settings/mail/connect/", filled(NORTHFIELD))
    assert answer.status_code == 422
    assert not Account.objects.exists()


def test_an_address_is_not_connected_twice(lina, owner, reachable, now):
    connect_account(owner, reachable, PASSWORD, now=now)
    answer = lina.post("/settings/mail/connect/", filled(reachable, PASSWORD))
    assert "connected already" in text(answer)
    assert Account.objects.count() == 1


def test_the_page_of_a_mailbox_says_how_it_is_reached_and_what_is_read(lina, mailbox):
    page = text(lina.get(f"/settings/mail/{mailbox.pk}/"))
    for said in ("imap.northfield.example", "smtp.northfield.example", "reads only what concerns"):
        assert said in page


def test_a_mailbox_is_paused_and_sends_again(lina, mailbox):
    page = text(lina.post(f"/settings/mail/{mailbox.pk}/do/pause/", follow=True))
    assert Account.objects.get().paused_at is not None
    assert "What is approved waits." in page
    lina.post(f"/settings/mail/{mailbox.pk}/do/resume/")
    assert Account.objects.get().paused_at is None


def test_trying_again_says_what_is_wrong_and_keeps_it(lina, mailbox):
    page = text(lina.post(f"/settings/mail/{mailbox.pk}/do/check/", follow=True))
    assert "There is no server by the name imap.northfield.example." in page
    assert Account.objects.get().trouble["code"] == "no_such_server"
    assert "There is no server" in text(lina.get(f"/settings/mail/{mailbox.pk}/"))
    assert "something is wrong" in text(lina.get("/settings/mail/"))


def test_a_new_password_is_kept_and_tried(lina, owner, reachable, now):
    account = connect_account(owner, reachable, WRONG, now=now)
    change = f"/settings/mail/{account.pk}/change/"
    page = text(lina.get(change))
    assert WRONG not in page
    assert "All is well" in text(lina.post(change, filled(reachable, PASSWORD), follow=True))
    assert secrets.secret_of(owner, account.handle) == PASSWORD


def test_the_password_goes_to_another_server_only_when_it_is_given_again(lina, owner, mailbox):
    change = f"/settings/mail/{mailbox.pk}/change/"
    answer = lina.post(change, filled(NORTHFIELD) | {"imap_host": "imap.evil.example"})
    assert answer.status_code == 422
    assert "Give the password again" in text(answer)
    assert Account.objects.get().imap_host == "imap.northfield.example"


def test_a_mailbox_removed_takes_its_password_along_and_is_not_there_any_more(lina, owner, mailbox, now):
    Outgoing.objects.create(
        owner=owner, account=mailbox, recipient="jane@acme.example", message_id=new_message_id("a@b.example"),
        state="sent", queued_at=now, due_at=now, give_up_at=now + GIVE_UP,
    )  # fmt: skip
    page = text(lina.post(f"/settings/mail/{mailbox.pk}/do/forget/", follow=True))
    assert "removed, and its password with it" in page
    assert Outgoing.objects.get().account.address == "lina@northfield.example"
    assert lina.get(f"/settings/mail/{mailbox.pk}/").status_code == 404
    with pytest.raises(secrets.NoSecret):
        secrets.secret_of(owner, mailbox.handle)


def test_in_the_middle_of_sending_it_is_not_removed_and_says_so(lina, owner, mailbox, now):
    Outgoing.objects.create(
        owner=owner, account=mailbox, recipient="jane@acme.example", message_id=new_message_id("a@b.example"),
        state="sending", queued_at=now, due_at=now, give_up_at=now + GIVE_UP,
    )  # fmt: skip
    page = text(lina.post(f"/settings/mail/{mailbox.pk}/do/forget/", follow=True))
    assert "going out by it right now" in page


def test_no_page_about_a_mailbox_holds_its_password_or_its_handle(lina, owner, mailbox, now):
    Account.objects.update(
        trouble={"code": "password", "server": "imap.northfield.example:993", "said": "NO"}
    )
    secrets.keep(owner, mailbox.handle, "very-blue-kettle")
    for path in ("/settings/mail/", f"/settings/mail/{mailbox.pk}/", f"/settings/mail/{mailbox.pk}/change/"):
        page = text(lina.get(path))
        assert "very-blue-kettle" not in page
        assert mailbox.handle not in page


def test_an_act_that_is_none_is_not_there(lina, mailbox):
    assert lina.post(f"/settings/mail/{mailbox.pk}/do/explode/").status_code == 404


def test_a_confidential_search_says_nothing_of_itself_here(lina, owner, mailbox, now):
    from askwell.outreach import actions

    actions.change_seeker(owner, confidential=True, employer="Acme", now=now)
    page = text(lina.get(f"/settings/mail/{mailbox.pk}/"))
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r"search|employer|Acme", main.replace("Settings", ""))


def test_a_known_provider_says_what_it_wants_first(lina):
    page = text(lina.get("/settings/mail/connect/", {"address": "lina@gmail.com"}))
    for said in ("This is a mailbox of Gmail.", "imap.gmail.com", "smtp.gmail.com", "wants an app password"):
        assert said in page
    assert 'href="https://myaccount.google.com/apppasswords" rel="noreferrer"' in page
    assert 'value="imap.gmail.com"' in page
    assert re.search(r'name="saves_sent"[^>]* checked', page)


def test_of_an_address_nothing_is_known_of_the_servers_are_asked_for(lina):
    page = text(lina.get("/settings/mail/connect/", {"address": "lina@northfield.example"}))
    assert "Nothing was found for this address" in page
    assert '<details class="more" open>' in page


def test_where_a_server_is_wrong_the_servers_are_laid_open(lina):
    page = text(lina.post("/settings/mail/connect/", filled(NORTHFIELD, PASSWORD)))
    assert "There is no server by the name imap.northfield.example." in page
    assert '<details class="more" open><summary>Servers and folders' in page


def test_a_letter_that_came_back_is_not_said_to_be_sent(lina, mailbox, owner, now):
    gone = Outgoing.objects.create(
        owner=owner, account=mailbox, recipient="omar@gone.example", subject="Twenty minutes", state=State.SENT,
        message_id="<asked@home.example>", queued_at=now, due_at=now, give_up_at=now, dated=now,
    )  # fmt: skip
    assert "Came back" not in text(lina.get("/mail/"))
    Arrival.objects.create(
        owner=owner, account=mailbox, answers=gone, kind="bounce", message_id="<b@gone.example>", at=now,
        received_at=now, reading={"failed_recipients": [{"address": "omar@gone.example", "permanent": True}]},
    )  # fmt: skip
    assert "Came back: it was not delivered." in text(lina.get("/mail/"))


def test_an_answer_that_is_read_wrongly_or_not_at_all_is_told_by_hand(lina, mailbox, owner, now):
    actions.set_goal(owner, text="Work as a data analyst in public health", now=now)
    jane = add_contact(owner, NewContact(name="Jane Doe", emails=["jane@acme.example"]), now=now)
    outreach = actions.open_outreach(jane, purpose="explore", now=now)
    actions.record_sent(jane, mode="informational", channel="email", at=now, now=now)
    arrival = Arrival.objects.create(
        owner=owner, account=mailbox, contact=jane, kind="reply", message_id="<b@acme.example>", at=now,
        received_at=now, sender="jane@acme.example", text="My hands are full, I fear.",
    )  # fmt: skip
    arrivals.take_in(arrival, now=now)
    path = f"/mail/in/{arrival.pk}/means/"
    assert f'href="{path}"' in text(lina.get("/mail/"))
    asked = text(lina.get(path))
    assert "My hands are full" in asked
    assert 'value="no"' in asked
    assert 'value="bounced"' not in asked  # that is noted by itself
    assert lina.post(path, {"what": "later"}).status_code == 422
    assert lina.post(path, {"what": "no"}).headers["Location"] == "/mail/"
    outreach.refresh_from_db()
    assert outreach.state == "declined"
    assert outreach.contact.touches.filter(direction="in").count() == 1
    assert lina.get(path, follow=True).redirect_chain[0][0] == "/mail/"
