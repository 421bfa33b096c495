"""Reading a mailbox without leaving a trace in it."""

import socket
import threading
from datetime import UTC, datetime

import pytest
from tests.fakes.imap import FLOOD, HostileImap
from tests.fakes.smtp import DROP, GARBAGE, HANG, TRICKLE
from tests.gateways.conftest import QUICK, plain
from tests.servers.places import free_port

from askwell.gateways import imap
from askwell.gateways.errors import GatewayError, Permanent, Transient, Trouble
from askwell.gateways.imap import Mailbox
from askwell.gateways.imap_answers import refusal
from askwell.gateways.imap_folders import SENT, SENT_NAMES, Folder, find
from askwell.gateways.servers import Login, Server

LINA = Login(user="lina@askwell.example", secret="a secret of hers")
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def message(number=1, body="Hello", size=0):
    head = f"From: jane@acme.example\r\nSubject: Letter {number}\r\nMessage-ID: <letter-{number}@acme.example>\r\n"
    return f"{head}\r\n{body}\r\n".encode() + b"x" * size


@pytest.fixture
def box(mailbox_server, login):
    with Mailbox(mailbox_server, login) as mailbox:
        yield mailbox


# With a real Dovecot


def test_new_mail_is_what_came_since_the_last_uid(mail, box, login):
    for number in (1, 2, 3):
        mail.deliver(message(number), login.user)
    state = box.select("INBOX")
    assert (state.exists, state.uidnext) == (3, 4)
    assert state.uidvalidity
    headers = dict(box.new_headers(1))
    assert list(headers) == [2, 3]
    assert b"Subject: Letter 3" in headers[3]
    assert b"Hello" not in headers[3]
    assert list(box.new_headers(3)) == []


def test_reading_leaves_no_trace(mail, box, login):
    mail.deliver(message(), login.user)
    box.select("INBOX")
    list(box.new_headers(0))
    assert b"Hello" in box.fetch(1).raw
    box.find_message_id("INBOX", "<letter-1@acme.example>")
    box.state("INBOX")
    assert mail.dovecot.flags(login.user) == [""]


def test_a_message_is_read_whole_unless_it_is_too_large(mail, box, login, monkeypatch):
    mail.deliver(message(size=5000), login.user)
    box.select("INBOX")
    whole = box.fetch(1)
    assert whole.whole
    assert whole.raw == mail.messages(login.user)[0].replace(b"\n", b"\r\n")
    monkeypatch.setattr(imap, "MESSAGE_BYTES", 1000)
    part = box.fetch(1)
    assert (len(part.raw), part.whole) == (1000, False)
    assert part.size == whole.size


def test_the_last_message_before_a_day_is_found(mail, box, login):
    for number, day in enumerate((1, 10, 20), start=1):
        box.append("INBOX", message(number), AT.replace(day=day))
    box.select("INBOX")
    before = [box.last_uid_before(AT.replace(day=day).date()) for day in (1, 10, 11, 21)]
    assert before == [0, 1, 2, 3]


def test_a_message_that_is_gone_is_said_to_be(box):
    box.select("INBOX")
    with pytest.raises(Permanent) as caught:
        box.fetch(999)
    assert caught.value.code == Trouble.NOT_FOUND


def test_the_copy_of_a_letter_is_put_into_sent_and_found_by_its_message_id(mail, box, login):
    assert box.sent_folder() == "Sent"
    assert not box.find_message_id("Sent", "<letter-1@acme.example>")
    box.append("Sent", message(), AT)
    assert box.find_message_id("Sent", "<letter-1@acme.example>")
    assert not box.find_message_id("Sent", "<letter-2@acme.example>")
    assert mail.dovecot.flags(login.user, "Sent") == ["S"]
    assert mail.messages(login.user, "Sent") == [message().replace(b"\r\n", b"\n")]


@pytest.mark.parametrize("odd", ["", "  ", '"\r\nA1 DELETE INBOX', "ü@x", 'a" OR ALL "', "\\"])
def test_an_odd_message_id_finds_nothing_and_does_nothing(mail, box, login, odd):
    mail.deliver(message(), login.user)
    assert not box.find_message_id("INBOX", odd)
    assert len(mail.messages(login.user)) == 1


def test_a_name_in_any_script_opens_its_folder(mail, box, login):
    import imapclient

    names = ["Gesendete Objekte & mehr", "Отправленные", "已发送", "البريد المرسل"]
    with imapclient.IMAPClient("127.0.0.1", mail.dovecot.plain_port, ssl=False) as owner:
        owner.login(login.user, login.secret)
        for name in names:
            owner.create_folder(name)
    for name in names:
        box.append(name, message(), AT)
        assert box.select(name).exists == 1
    assert set(names) < {folder.name for folder in box.folders()}


def test_a_folder_that_is_not_there_is_named(box):
    for ask in (box.select, box.state, lambda name: box.append(name, message(), AT)):
        with pytest.raises(Permanent) as caught:
            ask("Not there")
        assert caught.value.code == Trouble.FOLDER
    assert box.select("INBOX").exists == 0


def test_a_mailbox_begun_anew_has_another_uidvalidity(mail, mailbox_server, login):
    mail.deliver(message(), login.user)
    with Mailbox(mailbox_server, login) as box:
        before = box.select("INBOX").uidvalidity
    mail.dovecot.begin_anew(login.user, uidvalidity=before + 1)
    mail.deliver(message(2), login.user)
    with Mailbox(mailbox_server, login) as box:
        state = box.select("INBOX")
    assert (state.uidvalidity, state.exists, state.uidnext) == (before + 1, 1, 2)


def test_the_state_of_a_folder_is_told_without_opening_it(mail, box, login):
    mail.deliver(message(), login.user)
    told = box.state("INBOX")
    assert told == box.select("INBOX")
    mail.deliver(message(2), login.user)
    after = box.state("INBOX")
    assert after.exists == 2
    assert [uid for uid, _header in box.new_headers(told.uidnext - 1)] == [2]


def test_waiting_ends_when_a_message_comes(mail, box, login):
    box.select("INBOX")
    threading.Timer(0.3, lambda: mail.deliver(message(), login.user)).start()
    assert box.wait(30)
    assert box.select("INBOX").exists == 1


def test_waiting_ends_when_its_time_is_over(box):
    box.select("INBOX")
    assert not box.wait(0.1)
    assert box.select("INBOX").exists == 0


def test_idle_is_asked_for_again_before_a_router_forgets(mail, box, login, monkeypatch):
    monkeypatch.setattr(imap, "IDLE_AGAIN", 0.1)
    box.select("INBOX")
    threading.Timer(0.7, lambda: mail.deliver(message(), login.user)).start()
    assert box.wait(30)


def test_a_large_mailbox_is_listed_by_number_back_to_what_was_seen(mail, box, login, monkeypatch):
    for number in range(1, 13):
        mail.deliver(message(number), login.user)
    monkeypatch.setattr(imap, "SEARCHED_AT_ONCE", 2)
    monkeypatch.setattr(imap, "LISTED_AT_ONCE", 5)
    monkeypatch.setattr(imap, "BATCH", 3)
    box.select("INBOX")
    assert [uid for uid, _ in box.new_headers(0)] == list(range(1, 13))
    assert [uid for uid, _ in box.new_headers(6)] == list(range(7, 13))
    assert [uid for uid, _ in box.new_headers(11)] == [12]


def test_starttls_encrypts_before_the_password_is_said(mail, login):
    server = Server(
        host=mail.host, port=mail.dovecot.plain_port, security="starttls", authorities=mail.authority
    )
    with Mailbox(server, login) as box:
        assert box.select("INBOX").exists == 0


def test_a_token_signs_in_and_one_that_has_run_out_says_so(mail, mailbox_server, login):
    def with_token(token):
        return Mailbox(mailbox_server, Login(user=login.user, secret=token, mechanism="xoauth2"))

    with with_token(mail.dovecot.token(login.user)) as box:
        assert box.select("INBOX").exists == 0
    with pytest.raises(Permanent) as caught, with_token(mail.dovecot.token(login.user, lasts=-5)):
        pass
    assert caught.value.code == Trouble.TOKEN


def test_a_wrong_password_is_told_apart_and_never_repeated(mailbox_server, login):
    with (
        pytest.raises(Permanent) as caught,
        Mailbox(mailbox_server, Login(user=login.user, secret="not this")),
    ):
        pass
    assert caught.value.code == Trouble.PASSWORD
    assert "not this" not in str(caught.value)


def test_a_password_with_accents_signs_in(mailbox_server):
    from tests.servers.together import OMAR, USERS

    with Mailbox(mailbox_server, Login(user=OMAR, secret=USERS[OMAR])) as box:
        assert box.offers("CONDSTORE")


@pytest.mark.parametrize("changes", [{"authorities": None}, {"host": "127.0.0.1"}])
def test_a_certificate_that_does_not_fit_is_not_trusted(mailbox_server, login, changes):
    place = {
        "host": mailbox_server.host,
        "port": mailbox_server.port,
        "authorities": mailbox_server.authorities,
    }
    with pytest.raises(Transient) as caught, Mailbox(Server(**{**place, **changes}), login):
        pass
    assert caught.value.code == Trouble.TLS


def test_a_starttls_certificate_that_does_not_fit_is_not_trusted(mail, login):
    server = Server(host=mail.host, port=mail.dovecot.plain_port, security="starttls")
    with pytest.raises(Transient) as caught, Mailbox(server, login):
        pass
    assert caught.value.code == Trouble.TLS


def test_asking_for_encryption_at_once_where_there_is_none_fails_as_such(mail, login):
    server = Server(host=mail.host, port=mail.dovecot.plain_port, authorities=mail.authority)
    with pytest.raises(Transient) as caught, Mailbox(server, login):
        pass
    assert caught.value.code == Trouble.TLS


# With peers that misbehave


def open_fake(fake, login=LINA, **changes):
    return Mailbox(plain(fake, **changes), login, patience=QUICK)


def read_all(fake):
    with open_fake(fake) as box:
        return read_all_of(box)


def read_all_of(box):
    box.select("INBOX")
    return [box.fetch(uid) for uid, _header in box.new_headers(0)]


@pytest.mark.parametrize(
    ("server", "trouble"),
    [
        (Server(host="mail.nowhere.invalid", port=993), Trouble.NO_SUCH_SERVER),
        (Server(host="127.0.0.1", port=free_port()), Trouble.NO_ANSWER),
    ],
)
def test_a_server_that_is_not_there_is_named(server, trouble):
    with pytest.raises(Transient) as caught, Mailbox(server, LINA, patience=QUICK):
        pass
    assert caught.value.code == trouble
    assert caught.value.server == server.place


@pytest.mark.parametrize(
    ("answers", "kind", "trouble"),
    [
        ({"greeting": HANG}, Transient, Trouble.NO_ANSWER),
        ({"greeting": DROP}, Transient, Trouble.CUT_OFF),
        ({"greeting": GARBAGE}, Permanent, Trouble.NOT_THIS_PROTOCOL),
        ({"greeting": b"220 mail.example ESMTP"}, Permanent, Trouble.NOT_THIS_PROTOCOL),
        ({"greeting": b"* BYE Too many connections"}, Transient, Trouble.TOO_MANY),
        ({"greeting": b"* BYE Not today"}, Transient, Trouble.BUSY),
        ({"greeting": FLOOD}, Transient, Trouble.CUT_OFF),
        ({"capabilities": b"IMAP2"}, Permanent, Trouble.NOT_THIS_PROTOCOL),
        ({"authenticate": HANG}, Transient, Trouble.NO_ANSWER),
        ({"authenticate": DROP}, Transient, Trouble.CUT_OFF),
        ({"authenticate": GARBAGE}, Transient, Trouble.CUT_OFF),
        ({"authenticate": b"NO [AUTHENTICATIONFAILED] Invalid"}, Permanent, Trouble.PASSWORD),
        (
            {"authenticate": b"NO [ALERT] Application-specific password required"},
            Permanent,
            Trouble.APP_PASSWORD,
        ),
        ({"authenticate": b"NO [UNAVAILABLE] later"}, Transient, Trouble.BUSY),
        ({"authenticate": b"NO Too many simultaneous connections"}, Transient, Trouble.TOO_MANY),
        ({"examine": b"NO [NONEXISTENT] gone"}, Permanent, Trouble.FOLDER),
        ({"examine": b"NO [NOPERM] not yours"}, Permanent, Trouble.FORBIDDEN),
        ({"examine": HANG}, Transient, Trouble.NO_ANSWER),
        ({"examine": TRICKLE}, Transient, Trouble.CUT_OFF),
        ({"examine": FLOOD}, Transient, Trouble.CUT_OFF),
        ({"examine": GARBAGE}, Transient, Trouble.CUT_OFF),
        ({"examine": b"BAD what"}, Permanent, Trouble.FOLDER),
        ({"search": DROP}, Transient, Trouble.CUT_OFF),
        ({"search": b"NO no searching"}, Permanent, Trouble.REFUSED),
        ({"fetch": FLOOD}, Transient, Trouble.CUT_OFF),
        ({"fetch": DROP}, Transient, Trouble.CUT_OFF),
        ({"lines": {"fetch": [b"* 1 FETCH (UID x BODY[] ((("]}}, Permanent, Trouble.NOT_THIS_PROTOCOL),
        ({"lines": {"search": [b"* SEARCH one two"]}}, Transient, Trouble.NOT_THIS_PROTOCOL),
        ({"lines": {"examine": [b"* OK [UIDVALIDITY none] no"]}}, Transient, Trouble.NOT_THIS_PROTOCOL),
    ],
)
def test_what_a_server_does_wrong_has_a_name(answers, kind, trouble):
    with HostileImap(messages={1: message()}, **answers) as fake:
        with pytest.raises(kind) as caught:
            read_all(fake)
        assert caught.value.server == f"127.0.0.1:{fake.port}"
    assert caught.value.code == trouble


def test_where_login_is_disabled_no_password_is_said():
    with HostileImap(capabilities=b"IMAP4rev1 LOGINDISABLED STARTTLS") as fake:
        with pytest.raises(Permanent) as caught, open_fake(fake):
            pass
        assert caught.value.code == Trouble.NO_TLS
        assert not any(b"secret" in line for line in fake.heard)


@pytest.mark.parametrize(
    "answers",
    [{}, {"capabilities": b"IMAP4rev1 STARTTLS", "starttls": b"NO not now"}],
    ids=["none", "refused"],
)
def test_where_tls_is_not_to_be_had_no_password_is_said(answers):
    with HostileImap(**answers) as fake:
        with pytest.raises(Permanent) as caught, open_fake(fake, security="starttls"):
            pass
        assert caught.value.code == Trouble.NO_TLS
        assert not any(b"AUTHENTICATE" in line or b"LOGIN" in line for line in fake.heard)


def test_login_is_spoken_where_plain_is_not_offered():
    with HostileImap(capabilities=b"IMAP4rev1") as fake, open_fake(fake):
        pass
    assert any(b'LOGIN "lina@askwell.example" "a secret of hers"' in line for line in fake.heard)


@pytest.mark.parametrize(
    "login", [Login(user="a\r\nA1 DELETE INBOX", secret="x"), Login(user="a", secret="x\0y")]
)
def test_a_name_or_password_that_says_more_than_itself_is_not_said(login):
    with HostileImap() as fake, pytest.raises(Permanent) as caught, open_fake(fake, login):
        pass
    assert caught.value.code == Trouble.PASSWORD
    assert not any(b"DELETE" in line or b"AUTHENTICATE" in line for line in fake.heard)


def test_an_answer_never_repeats_the_secret():
    answer = b"NO wrong: a secret of hers"
    with HostileImap(authenticate=answer) as fake, pytest.raises(GatewayError) as caught, open_fake(fake):
        pass
    assert "a secret" not in str(caught.value)


def test_a_refused_token_is_told_apart_from_a_password():
    token = Login(user="lina@askwell.example", secret="tok", mechanism="xoauth2")
    with HostileImap(
        challenge=b"eyJzdGF0dXMiOiI0MDAifQ==", authenticate=b"NO [AUTHENTICATIONFAILED] no"
    ) as fake:
        with pytest.raises(Permanent) as caught, open_fake(fake, token):
            pass
        assert fake.heard[-1] == b""
    assert caught.value.code == Trouble.TOKEN


@pytest.mark.parametrize("claimed", [0, 2, 4_000_000_000])
def test_a_lie_about_how_many_there_are_ends_the_search_nowhere(claimed):
    with HostileImap(messages={5: message(5), 9: message(9)}) as fake, open_fake(fake) as box:
        fake.exists = claimed
        box.select("INBOX")
        found = [uid for uid, _ in box.new_headers(0)]
    assert found == ([] if claimed == 0 else [5, 9])


def test_uids_with_a_gap_of_billions_are_found_in_few_questions():
    last = 4_294_967_290
    with HostileImap(messages={3: message(3), last: message(4)}) as fake, open_fake(fake) as box:
        box.select("INBOX")
        assert [uid for uid, _ in box.new_headers(1)] == [3, last]
    assert len(fake.heard) < 10


def test_a_header_of_megabytes_is_cut(monkeypatch):
    raw = b"Subject: " + b"x" * 3_000_000 + b"\r\n\r\nbody"
    with HostileImap(messages={1: raw}) as fake, open_fake(fake) as box:
        box.select("INBOX")
        ((_uid, header),) = box.new_headers(0)
    assert len(header) == imap.HEADER_BYTES


def test_a_server_that_sends_more_than_was_asked_for_is_left():
    flood = [b"* 1 FETCH (UID 1 FLAGS (" + b"x" * 900_000 + b"))"] * 50
    with (
        HostileImap(messages={1: message()}, lines={"fetch": flood}) as fake,
        pytest.raises(Transient) as caught,
    ):
        read_all(fake)
    assert caught.value.code == Trouble.CUT_OFF


def test_waiting_without_idle_asks_now_and_then(monkeypatch):
    monkeypatch.setattr(imap, "NOOP_EVERY", 0.05)
    with (
        HostileImap(capabilities=b"IMAP4rev1", lines={"noop": [b"* 2 EXISTS"]}) as fake,
        open_fake(fake) as box,
    ):
        box.select("INBOX")
        assert box.wait(5)
    assert any(line.endswith(b"NOOP") for line in fake.heard)


def test_a_connection_that_breaks_while_waiting_is_noticed():
    with HostileImap(idle=DROP) as fake, open_fake(fake) as box:
        box.select("INBOX")
        with pytest.raises(Transient):
            box.wait(5)
        with pytest.raises(Transient):
            box.select("INBOX")


ODD = [
    b"",
    b"*",
    b"* ",
    b"* 1",
    b"* 1 FETCH",
    b"* 1 FETCH ()",
    b"* 1 FETCH (UID)",
    b"* 1 FETCH (UID 1 BODY[HEADER]<0> NIL)",
    b"* 1 FETCH (UID 1 BODY[HEADER]<0> {5}",
    b'* 1 FETCH (UID 1 BODY[]<0> "x" RFC822.SIZE nothing)',
    b"* 99999999999999999999 FETCH (UID 99999999999999999999)",
    b"* -1 EXISTS",
    b"* x EXISTS",
    b"* 5 EXISTS EXISTS",
    b"* SEARCH",
    b"* SEARCH -5 0 4294967299",
    b"* SEARCH (MODSEQ",
    b"* LIST",
    b"* LIST () NIL",
    b"* LIST (5 NIL) 7 (a b)",
    b'* LIST (\\x) "/" "&AAA-&&-"',
    b'* LIST (\\Sent) "/" {3}',
    b'* STATUS "INBOX" (UIDNEXT x)',
    b"* STATUS",
    b"* OK [UIDNEXT",
    b"* OK [UIDVALIDITY 99999999999999999999999]",
    b"* CAPABILITY",
    b"* BYE",
    b"* NO",
    b"+ go on",
    b"A999 OK what",
    b"\xff\xfe\x00",
    b"* OK " + b"[" * 3000,
    b"* 1 FETCH " + b"(" * 3000,
    b"* FLAGS",
]


def asked_everything(fake):
    """Say everything we can say to a server; give what was made of its answers, or of what went wrong."""
    try:
        with open_fake(fake) as box:
            return box.sent_folder(), box.state("INBOX"), read_all_of(box)
    except GatewayError as error:
        return error


def test_a_server_that_says_nothing_odd_is_understood():
    with HostileImap(messages={1: message()}) as fake:
        sent, state, read = asked_everything(fake)
    assert (sent, state.uidnext, [one.raw for one in read]) == ("", 2, [message()])


@pytest.mark.parametrize("odd", ODD)
def test_whatever_a_server_says_ends_in_an_answer_or_in_our_words(odd):
    named = [verb for verb in ("list", "status", "search", "fetch") if verb.upper().encode() in odd]
    for verb in named or ["examine", "fetch"]:
        with HostileImap(messages={1: message()}, lines={verb: [odd]}) as fake:
            made = asked_everything(fake)
        assert isinstance(made, GatewayError) or len(made[2]) <= 1


# Folders


@pytest.mark.parametrize(
    ("folders", "found"),
    [
        ([("INBOX", ()), ("Sent", ()), ("Gesendet", ("\\Sent",))], "Gesendet"),
        ([("[Gmail]", ("\\Noselect",)), ("[Gmail]/Gesendet", ("\\sent",))], "[Gmail]/Gesendet"),
        ([("INBOX/Sent", ())], "INBOX/Sent"),
        ([("Sent Items", ()), ("Sent", ())], "Sent"),
        ([("Éléments envoyés", ())], "Éléments envoyés"),
        ([("ОТПРАВЛЕННЫЕ", ())], "ОТПРАВЛЕННЫЕ"),
        ([("العناصر المرسلة", ())], "العناصر المرسلة"),
        ([("Sent", ("\\Noselect",))], ""),
        ([("Not sent yet", ()), ("Presents", ())], ""),
        ([], ""),
    ],
)
def test_sent_is_found_by_its_mark_or_by_its_name(folders, found):
    known = [Folder(name=name, marks=frozenset(marks)) for name, marks in folders]
    assert find(known, SENT, SENT_NAMES) == found


def test_every_name_of_sent_is_written_folded():
    assert [name for name in SENT_NAMES if name != name.casefold()] == []
    assert len(set(SENT_NAMES)) == len(SENT_NAMES)


def test_gmails_folder_of_everything_is_known():
    with HostileImap(capabilities=b"IMAP4rev1 AUTH=PLAIN X-GM-EXT-1") as fake, open_fake(fake) as box:
        fake.folders = [
            rb'(\Noselect) "/" "[Gmail]"',
            rb'(\All) "/" "[Gmail]/Alle Nachrichten"',
            rb'() NIL "Todos"',
        ]
        assert box.all_mail_folder() == "[Gmail]/Alle Nachrichten"
        assert box.folders()[2].last_part == "Todos"


@pytest.mark.parametrize(
    ("verb", "text", "kind", "trouble"),
    [
        ("login", "[AUTHENTICATIONFAILED] no", Permanent, Trouble.PASSWORD),
        ("login", "LOGIN failed.", Permanent, Trouble.PASSWORD),
        ("login", "[WEBALERT https://x.example] Web login required.", Permanent, Trouble.APP_PASSWORD),
        (
            "login",
            "[ALERT] Please log in via your web browser: [AUTHENTICATIONFAILED]",
            Permanent,
            Trouble.PASSWORD,
        ),
        ("login", "[INUSE] Too many", Transient, Trouble.BUSY),
        ("login", "[LIMIT] per day", Transient, Trouble.TOO_MANY),
        ("login", "[PRIVACYREQUIRED] TLS first", Permanent, Trouble.NO_TLS),
        ("login", "Account exceeded command or bandwidth limits", Transient, Trouble.TOO_MANY),
        ("login", "Temporary problem, please try again", Transient, Trouble.BUSY),
        ("append", "[TRYCREATE] none", Permanent, Trouble.FOLDER),
        ("append", "[OVERQUOTA] full", Permanent, Trouble.TOO_LARGE),
        ("other", "what?", Permanent, Trouble.REFUSED),
    ],
)
def test_a_refusal_is_read_by_its_code_then_by_its_words(verb, text, kind, trouble):
    error = refusal(verb, text)
    assert (type(error), error.code) == (kind, trouble)


def test_a_mailbox_that_was_left_answers_nothing():
    with HostileImap() as fake, open_fake(fake) as box:
        pass
    with pytest.raises(Transient) as caught:
        box.select("INBOX")
    assert caught.value.code == Trouble.CUT_OFF


def test_a_half_open_connection_does_not_hold_anybody_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server(host="127.0.0.1", port=silent.getsockname()[1], security="tls")
        with pytest.raises(Transient) as caught, Mailbox(server, LINA, patience=QUICK):
            pass
    assert caught.value.code == Trouble.NO_ANSWER
