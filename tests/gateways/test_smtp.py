"""Sending one letter, and knowing exactly what became of it."""

import pytest
from tests.fakes.smtp import DROP, GARBAGE, HANG, TRICKLE, HostileSmtp
from tests.gateways.conftest import QUICK, plain
from tests.servers.certificates import make_certificate
from tests.servers.places import free_port

from askwell.gateways.errors import Permanent, Transient, Trouble, Unknown
from askwell.gateways.servers import Login, Server
from askwell.gateways.smtp import Smtp
from askwell.gateways.smtp_answers import refusal

LETTER = (
    b"From: me@askwell.example\r\nSubject: Twenty minutes\r\n\r\nDear Jane,\r\n.a dot begins this line\r\n"
)
LINA = Login(user="lina@askwell.example", secret="a secret of hers")


def send(smtp, sender, recipient, data=LETTER):
    smtp.offer(sender, recipient, len(data))
    return smtp.hand_over(data)


def send_to(fake, data=LETTER, login=LINA):
    with Smtp(plain(fake), login, patience=QUICK) as smtp:
        return send(smtp, "lina@askwell.example", "jane@acme.example", data)


# With a real Postfix


def test_a_letter_is_taken_and_arrives_as_it_was_written(mail, submission, login):
    jane = mail.someone("acme.example")
    with Smtp(submission, login) as smtp:
        assert "queued" in send(smtp, login.user, jane)
    (raw,) = mail.wait_for_messages(jane)
    assert b"Dear Jane,\n.a dot begins this line\n" in raw


def test_several_letters_go_over_one_connection_each_to_one_recipient(mail, submission, login):
    people = [mail.someone("acme.example") for _ in range(3)]
    with Smtp(submission, login) as smtp:
        for person in people:
            send(smtp, login.user, person)
    assert [len(mail.wait_for_messages(person)) for person in people] == [1, 1, 1]


def test_starttls_encrypts_before_the_password_is_said(mail, login):
    server = Server(
        host=mail.host, port=mail.postfix.starttls_port, security="starttls", authorities=mail.authority
    )
    with Smtp(server, login) as smtp:
        assert send(smtp, login.user, mail.someone("acme.example")).startswith("250")


def test_a_token_signs_in_and_one_that_has_run_out_says_so(mail, submission, login):
    def with_token(token):
        return Smtp(submission, Login(user=login.user, secret=token, mechanism="xoauth2"))

    with with_token(mail.dovecot.token(login.user)) as smtp:
        assert send(smtp, login.user, mail.someone("acme.example"))
    with pytest.raises(Permanent) as caught, with_token(mail.dovecot.token(login.user, lasts=-5)):
        pass
    assert caught.value.code == Trouble.TOKEN


def test_a_password_with_accents_signs_in(mail, submission):
    from tests.servers.together import OMAR, USERS

    assert not USERS[OMAR].isascii()
    with Smtp(submission, Login(user=OMAR, secret=USERS[OMAR])) as smtp:
        assert smtp.size_limit == 2_000_000


def test_a_wrong_password_is_told_apart_and_never_repeated(submission, login):
    with pytest.raises(Permanent) as caught, Smtp(submission, Login(user=login.user, secret="not this")):
        pass
    assert caught.value.code == Trouble.PASSWORD
    assert "not this" not in str(caught.value)


@pytest.mark.parametrize(
    ("recipient", "kind", "trouble"),
    [
        ("refused@acme.example", Permanent, Trouble.RECIPIENT),
        ("later@acme.example", Transient, Trouble.RECIPIENT),
        ("full@acme.example", Transient, Trouble.RECIPIENT),
        ("policy@acme.example", Permanent, Trouble.REFUSED),
        ("nobody@elsewhere.example", Permanent, Trouble.RECIPIENT),
        ("no at sign", Permanent, Trouble.RECIPIENT),
        ("jane@acme.example>\r\nRCPT TO:<omar@globex.example", Permanent, Trouble.RECIPIENT),
        ("josé@acme.example", None, None),
    ],
)
def test_a_recipient_is_refused_for_good_or_for_now_before_anything_is_handed_over(
    submission, login, recipient, kind, trouble
):
    with Smtp(submission, login) as smtp:
        if kind is None:
            smtp.offer(login.user, recipient, 10)
            smtp.withdraw()
            return
        with pytest.raises(kind) as caught:
            smtp.offer(login.user, recipient, 10)
        smtp.offer(login.user, "jane@acme.example", 10)  # the connection is as good as before
        smtp.withdraw()
    assert caught.value.code == trouble


def test_another_persons_address_may_not_send(submission, login):
    with Smtp(submission, login) as smtp, pytest.raises(Permanent) as caught:
        smtp.offer("omar@globex.example", "jane@acme.example", 10)
    assert caught.value.code == Trouble.SENDER
    assert caught.value.server == submission.place


def test_a_letter_too_large_is_not_even_offered(submission, login):
    with Smtp(submission, login) as smtp, pytest.raises(Permanent) as caught:
        smtp.offer(login.user, "jane@acme.example", 3_000_000)
    assert caught.value.code == Trouble.TOO_LARGE


def test_a_letter_refused_after_its_last_dot_was_certainly_not_taken(mail, submission, login):
    jane = mail.someone("acme.example")
    with Smtp(submission, login) as smtp:
        with pytest.raises(Permanent) as caught:
            send(smtp, login.user, jane, b"X-Refuse: yes\r\n" + LETTER)
        send(smtp, login.user, jane)
    assert caught.value.code == Trouble.MESSAGE
    assert len(mail.wait_for_messages(jane)) == 1


def test_what_was_withdrawn_is_not_sent(mail, submission, login):
    jane = mail.someone("acme.example")
    with Smtp(submission, login) as smtp:
        smtp.offer(login.user, jane, 10)
        smtp.withdraw()
        with pytest.raises(Permanent):
            smtp.hand_over(LETTER)
    mail.postfix.wait_until_delivered()
    assert mail.messages(jane) == []


def test_a_certificate_nobody_vouches_for_is_not_trusted(mail, login):
    server = Server(host=mail.host, port=mail.postfix.port)
    with pytest.raises(Transient) as caught, Smtp(server, login):
        pass
    assert caught.value.code == Trouble.TLS
    assert "self" in caught.value.said or "issuer" in caught.value.said


def test_a_certificate_for_another_name_is_not_trusted(mail, login):
    server = Server(host="127.0.0.1", port=mail.postfix.port, authorities=mail.authority)
    with pytest.raises(Transient) as caught, Smtp(server, login):
        pass
    assert caught.value.code == Trouble.TLS


def test_a_server_that_offers_no_tls_hears_no_password(mail, login):
    server = Server(
        host=mail.host, port=mail.postfix.plain_port, security="starttls", authorities=mail.authority
    )
    with pytest.raises(Permanent) as caught, Smtp(server, login):
        pass
    assert caught.value.code == Trouble.NO_TLS


# With peers that misbehave


def test_a_certificate_that_has_run_out_is_not_trusted(tmp_path):
    made = make_certificate(tmp_path, days=-1)
    with HostileSmtp(certificate=made, tls_at_once=True) as fake:
        server = Server(host="localhost", port=fake.port, authorities=made.authority)
        with pytest.raises(Transient) as caught, Smtp(server, LINA, patience=QUICK):
            pass
    assert caught.value.code == Trouble.TLS
    assert "expired" in caught.value.said
    assert fake.heard == []


@pytest.mark.parametrize("answer", [b"454 4.7.0 TLS not available", b"502 5.5.1 What?"])
def test_starttls_that_is_offered_and_then_refused_ends_there(answer):
    with HostileSmtp(features=(b"STARTTLS", b"AUTH PLAIN"), starttls=answer) as fake:
        with pytest.raises(Permanent) as caught, Smtp(plain(fake, security="starttls"), LINA, patience=QUICK):
            pass
        assert caught.value.code == Trouble.NO_TLS
        assert not any(line.startswith(b"AUTH") for line in fake.heard)


def test_without_encryption_nothing_but_loopback_is_spoken_to():
    with pytest.raises(Permanent) as caught, Smtp(Server(host="192.0.2.1", port=25, security="none"), LINA):
        pass
    assert caught.value.code == Trouble.NO_TLS


@pytest.mark.parametrize("name", ["mail.nowhere.invalid", "a" * 80 + ".example", "no..dots"])
def test_a_name_without_an_address_is_named(name):
    with pytest.raises(Transient) as caught, Smtp(Server(host=name, port=465), LINA, patience=QUICK):
        pass
    assert caught.value.code == Trouble.NO_SUCH_SERVER
    assert caught.value.server == f"{name}:465"


def test_a_port_where_nobody_listens_is_no_answer():
    with pytest.raises(Transient) as caught, Smtp(Server(host="127.0.0.1", port=free_port()), LINA):
        pass
    assert caught.value.code == Trouble.NO_ANSWER


@pytest.mark.parametrize(
    ("moments", "kind", "trouble"),
    [
        ({"greeting": HANG}, Transient, Trouble.NO_ANSWER),
        ({"greeting": DROP}, Transient, Trouble.CUT_OFF),
        ({"greeting": TRICKLE}, Transient, Trouble.CUT_OFF),
        ({"greeting": b"* OK IMAP4rev1 ready"}, Permanent, Trouble.NOT_THIS_PROTOCOL),
        ({"greeting": b"HTTP/1.1 400 Bad Request"}, Permanent, Trouble.NOT_THIS_PROTOCOL),
        ({"greeting": b"421 4.7.0 Too many connections"}, Transient, Trouble.TOO_MANY),
        ({"greeting": b"554 5.7.1 Your address is not welcome"}, Permanent, Trouble.REFUSED),
        ({"ehlo": DROP}, Transient, Trouble.CUT_OFF),
        ({"ehlo": GARBAGE}, Transient, Trouble.NOT_THIS_PROTOCOL),
        ({"auth": HANG}, Transient, Trouble.NO_ANSWER),
        ({"auth": b"535 5.7.8 Username and Password not accepted"}, Permanent, Trouble.PASSWORD),
        ({"auth": b"534 5.7.9 Application-specific password required"}, Permanent, Trouble.APP_PASSWORD),
        ({"auth": b"535 5.7.139 Authentication unsuccessful"}, Permanent, Trouble.APP_PASSWORD),
        ({"auth": b"454 4.7.0 Temporary authentication failure"}, Transient, Trouble.BUSY),
        (
            {"mail": b"550 5.7.60 Client does not have permissions to send as this sender"},
            Permanent,
            Trouble.SENDER,
        ),
        ({"mail": b"552 5.3.4 Message size exceeds fixed limit"}, Permanent, Trouble.TOO_LARGE),
        ({"mail": b"421 4.3.2 Shutting down"}, Transient, Trouble.BUSY),
        ({"mail": b"530 5.7.0 Authentication required"}, Permanent, Trouble.PASSWORD),
        ({"mail": b"530 5.7.0 Must issue a STARTTLS command first"}, Permanent, Trouble.NO_TLS),
        ({"mail": DROP}, Transient, Trouble.CUT_OFF),
        ({"rcpt": b"550 5.4.5 Daily user sending limit exceeded"}, Transient, Trouble.TOO_MANY),
        ({"rcpt": b"452 4.5.3 Too many recipients"}, Transient, Trouble.TOO_MANY),
        ({"rcpt": b"451 4.7.1 Greylisted, try again"}, Transient, Trouble.BUSY),
        ({"rcpt": b"554 5.7.1 Relay access denied"}, Permanent, Trouble.SENDER),
        ({"rcpt": HANG}, Transient, Trouble.NO_ANSWER),
        ({"data": b"451 4.3.0 Not now"}, Transient, Trouble.BUSY),
        ({"data": b"554 5.5.1 No valid recipients"}, Permanent, Trouble.MESSAGE),
        ({"data": DROP}, Transient, Trouble.CUT_OFF),
        ({"end": b"421 4.3.0 Closing"}, Transient, Trouble.BUSY),
        ({"end": b"452 4.3.1 Insufficient system storage"}, Transient, Trouble.BUSY),
        ({"end": b"552 5.3.4 Too big"}, Permanent, Trouble.TOO_LARGE),
        ({"end": b"550 5.7.1 This looks like spam"}, Permanent, Trouble.MESSAGE),
    ],
)
def test_what_a_server_does_wrong_has_a_name_while_nothing_is_in_doubt(moments, kind, trouble):
    with HostileSmtp(**moments) as fake, pytest.raises(kind) as caught:
        send_to(fake)
    assert caught.value.code == trouble
    assert caught.value.server == f"127.0.0.1:{fake.port}"


@pytest.mark.parametrize(
    "moments",
    [{"end": DROP}, {"end": HANG}, {"end": TRICKLE}, {"end": GARBAGE}, {"end": b"354 Go on"}, {"body": DROP}],
    ids=["dropped", "silent", "endless", "garbage", "asks for more", "dropped in the middle"],
)
def test_a_letter_handed_over_without_an_answer_may_have_gone_out(moments):
    with HostileSmtp(**moments) as fake, pytest.raises(Unknown):
        send_to(fake)


@pytest.mark.parametrize(
    "answer",
    [b"", b"+OK", b"25", b" 250 Ok", b"\xff\xfe", b"999 x", b"199 x", b"000 x", b"250-" + b"x" * 9000],
)
def test_a_last_answer_that_is_none_leaves_the_letter_in_doubt(answer):
    with HostileSmtp(end=answer) as fake, pytest.raises(Unknown):
        send_to(fake)


def test_an_answer_of_several_lines_is_one():
    with HostileSmtp(end=b"250-2.0.0 Ok\r\n250 queued as ABC") as fake:
        assert send_to(fake) == "250 2.0.0 Ok queued as ABC"


def test_a_server_that_ends_rudely_after_its_yes_has_taken_the_letter():
    with HostileSmtp(quit=DROP) as fake:
        assert send_to(fake) == "250 2.0.0 Ok: queued as ABC123"
    assert len(fake.letters) == 1


def test_a_letter_is_handed_over_byte_for_byte_but_for_the_ends_of_lines():
    with HostileSmtp() as fake:
        send_to(fake, b"Subject: x\n\n.\n..two\rlast")
    assert fake.letters == [b"Subject: x\r\n\r\n.\r\n..two\r\nlast"]


def test_an_answer_never_repeats_the_secret():
    answer = b"535 wrong: a secret of hers YSBzZWNyZXQgb2YgaGVycw=="
    with HostileSmtp(auth=answer) as fake, pytest.raises(Permanent) as caught:
        send_to(fake)
    assert "secret of hers" not in str(caught.value)
    assert "YSBzZWNyZXQ" not in str(caught.value)


def test_an_endless_answer_ends_where_the_allowance_does():
    line = b"250-" + b"x" * 4000 + b"\r\n"
    with HostileSmtp(ehlo=line * 40 + b"250 end") as fake, pytest.raises(Transient) as caught:
        send_to(fake)
    assert caught.value.code == Trouble.CUT_OFF


@pytest.mark.parametrize("ways", [b"AUTH GSSAPI NTLM", b"AUTH XOAUTH2"])
def test_a_server_that_takes_no_password_wants_a_page_to_sign_in(ways):
    with HostileSmtp(features=(ways,)) as fake, pytest.raises(Permanent) as caught:
        send_to(fake)
    assert caught.value.code == Trouble.APP_PASSWORD


def test_a_server_without_any_sign_in_is_used_without_a_login_only():
    with HostileSmtp(features=()) as fake:
        with pytest.raises(Permanent) as caught:
            send_to(fake)
        assert send_to(fake, login=None).startswith("250")
    assert caught.value.code == Trouble.REFUSED


def test_login_is_spoken_where_plain_is_not_offered():
    with HostileSmtp(features=(b"AUTH LOGIN",)) as fake:
        send_to(fake)
    assert b"bGluYUBhc2t3ZWxsLmV4YW1wbGU=" in fake.heard


def test_what_a_refused_token_is_told_stands_in_the_error():
    token = Login(user="lina@askwell.example", secret="tok", mechanism="xoauth2")
    with HostileSmtp(auth=b"334 eyJzdGF0dXMiOiI0MDAifQ==") as fake, pytest.raises(Permanent) as caught:
        send_to(fake, login=token)
    assert caught.value.code == Trouble.TOKEN
    assert '{"status":"400"}' in caught.value.said


@pytest.mark.parametrize(
    ("offer", "trouble"),
    [
        ({"recipient": "josé@acme.example"}, Trouble.RECIPIENT),
        ({"eight_bit": True}, Trouble.MESSAGE),
        ({"recipient": "jane@" + "ü" * 90 + ".example"}, Trouble.RECIPIENT),
    ],
)
def test_what_a_server_cannot_carry_is_said_before(offer, trouble):
    with (
        HostileSmtp(features=(b"AUTH PLAIN",)) as fake,
        Smtp(plain(fake), LINA, patience=QUICK) as smtp,
        pytest.raises(Permanent) as caught,
    ):
        smtp.offer("lina@askwell.example", **{"recipient": "jane@acme.example", "size": 10, **offer})
    assert caught.value.code == trouble


def test_a_domain_with_an_umlaut_travels_as_ascii():
    with (
        HostileSmtp(features=(b"AUTH PLAIN", b"SIZE")) as fake,
        Smtp(plain(fake), LINA, patience=QUICK) as smtp,
    ):
        smtp.offer("lina@askwell.example", "jane@straße-bücher.example", 10)
    assert b"RCPT TO:<jane@xn--strae-bcher-y6a49a.example>" in fake.heard
    assert b"MAIL FROM:<lina@askwell.example> SIZE=10" in fake.heard


def test_the_name_of_this_machine_is_told_to_nobody():
    with HostileSmtp() as fake:
        send_to(fake)
    assert fake.heard[0] == b"ehlo [127.0.0.1]"


@pytest.mark.parametrize("moment", ["greeting", "auth", "mail", "rcpt", "data", "end"])
@pytest.mark.parametrize("text", ["", "5.1.1 nobody", "\x00", "please try again"])
def test_the_first_digit_says_whether_it_is_for_good(moment, text):
    for code in range(400, 500):
        assert isinstance(refusal(moment, code, text), Transient)
        assert isinstance(refusal(moment, code + 100, text), Permanent)
