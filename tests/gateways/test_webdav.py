"""A server of address books is somebody else's: it may lead astray, never end, or lie."""

from __future__ import annotations

import base64
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from askwell.gateways.davxml import NotOurXml, read_multistatus
from askwell.gateways.errors import Permanent, Transient, Trouble
from askwell.gateways.webdav import Bounds, DavLogin, Elsewhere, WebDav, path_of, same_site, server_of

LOGIN = DavLogin(user="jane", secret="plum tree")
EMPTY = b'<multistatus xmlns="DAV:"/>'


class Answers(BaseHTTPRequestHandler):
    """Answers as the test says, and remembers what it was asked."""

    script: list
    asked: list

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        self.asked.append((self.command, self.path, dict(self.headers), body))
        step = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        step(self)

    do_PROPFIND = do_REPORT = do_PUT = do_GET = do_DELETE = do_MKCOL = handle_any  # noqa: N815

    def log_message(self, *_args):
        pass


def says(status, body=b"", **headers):
    def step(handler):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return step


def never_ends(handler):
    handler.send_response(207)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 65_536)
    except OSError:
        handler.close_connection = True


def cuts_off(handler):
    handler.send_response(207)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"<multi")
    handler.close_connection = True


@contextmanager
def server(*script):
    kind = type("Scripted", (Answers,), {"script": list(script), "asked": []})
    found = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{found.server_port}/dav/", kind.asked
    finally:
        found.shutdown()
        found.server_close()


def asking(url, **bounds):
    with WebDav(LOGIN, bounds=Bounds(**bounds)) as dav:
        return dav.propfind(url, ["d:displayname"])


def test_the_password_is_told_only_once_asked_for_and_as_asked_for():
    with server(says(401, WWW_Authenticate='Basic realm="x"'), says(207, EMPTY)) as (url, asked):
        asking(url)
    first, second = (headers.get("Authorization", "") for _m, _p, headers, _b in asked)
    assert first == ""
    assert base64.b64decode(second.removeprefix("Basic ")) == b"jane:plum tree"


def test_where_digest_is_offered_the_password_itself_is_not_sent():
    challenge = says(401, WWW_Authenticate='Digest realm="x", nonce="n", qop="auth", algorithm=MD5')
    with server(challenge, challenge, says(207, EMPTY)) as (url, asked):
        asking(url)
    assert asked[-1][2]["Authorization"].startswith('Digest username="jane"')
    assert "plum" not in str(asked)


def test_a_token_is_sent_at_once_and_one_run_out_is_said():
    with (
        server(says(401)) as (url, asked),
        WebDav(DavLogin(token="t0k")) as dav,
        pytest.raises(Permanent) as refused,
    ):
        dav.propfind(url, ["d:displayname"])
    assert refused.value.code is Trouble.TOKEN
    assert asked[0][2]["Authorization"] == "Bearer t0k"


def test_no_error_and_no_representation_holds_the_password():
    with server(says(401, WWW_Authenticate="Basic")) as (url, _asked), pytest.raises(Permanent) as refused:
        asking(url.replace("http://", "http://jane:plum tree@"))
    assert refused.value.code is Trouble.PASSWORD
    assert "plum" not in f"{refused.value} {LOGIN!r}"


def test_a_redirect_on_the_same_host_is_followed_with_its_method():
    with server(says(301, Location="/other/"), says(207, EMPTY)) as (url, asked):
        where, _found = asking(url)
    assert [(method, path) for method, path, _h, _b in asked] == [
        ("PROPFIND", "/dav/"),
        ("PROPFIND", "/other/"),
    ]
    assert where.endswith("/other/")
    assert asked[0][3] == asked[1][3]


def test_a_redirect_to_another_site_is_not_followed_but_named():
    led_on = says(302, Location="https://elsewhere.example/dav/")
    with server(led_on) as (url, asked), pytest.raises(Elsewhere) as led:
        asking(url)
    assert led.value.host == "elsewhere.example"
    assert len(asked) == 1


@pytest.mark.parametrize("onward", ["http://books.example/", "ftp://127.0.0.1/", "https:///", "http://[bad/"])
def test_a_redirect_to_an_open_line_or_to_nowhere_is_refused(onward):
    with server(says(302, Location=onward)) as (url, asked), pytest.raises(Permanent):
        asking(url)
    assert len(asked) == 1


def test_nothing_is_sent_over_an_open_line():
    with pytest.raises(Permanent) as refused:
        asking("http://books.example/")
    assert refused.value.code is Trouble.NO_TLS


def test_from_a_shared_server_the_own_network_is_not_asked():
    with (
        server(says(207, EMPTY)) as (url, asked),
        WebDav(LOGIN, own_network=False) as dav,
        pytest.raises(Permanent) as refused,
    ):
        dav.propfind(url, ["d:displayname"])
    assert (refused.value.code, asked) == (Trouble.FORBIDDEN, [])


def test_redirects_in_a_circle_end():
    with server(says(302, Location="/dav/")) as (url, asked), pytest.raises(Permanent):
        asking(url)
    assert len(asked) == 6


def test_an_answer_without_end_is_left():
    with server(never_ends) as (url, _asked), pytest.raises(Permanent) as left:
        asking(url, small_bytes=1_000_000)
    assert left.value.code is Trouble.TOO_LARGE


def test_a_challenge_without_end_is_left_too():
    def challenges(handler):
        handler.send_response(401)
        handler.send_header("WWW-Authenticate", "Basic")
        handler.end_headers()
        never_ends(handler)

    with server(challenges) as (url, _asked), pytest.raises(Permanent):
        asking(url, small_bytes=100_000)


def test_a_compressed_answer_was_not_asked_for_and_may_be_a_bomb():
    with server(says(207, EMPTY, Content_Encoding="gzip")) as (url, asked), pytest.raises(Permanent):
        asking(url)
    assert asked[0][2]["Accept-Encoding"] == "identity"


def test_a_silent_server_and_one_that_cuts_off_are_tried_again_later():
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(Transient) as waited:
            asking(f"http://127.0.0.1:{silent.getsockname()[1]}/", wait=0.2)
    assert waited.value.code is Trouble.NO_ANSWER
    with server(cuts_off) as (url, _asked), pytest.raises(Transient) as cut:
        asking(url)
    assert cut.value.code is Trouble.CUT_OFF


def test_nobody_listening_is_tried_again_later():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Transient) as refused:
        asking(f"http://127.0.0.1:{port}/")
    assert refused.value.code is Trouble.NO_ANSWER


def test_a_server_without_the_tls_it_promises_is_named():
    with server(says(207, EMPTY)) as (url, _asked), pytest.raises(Permanent) as refused:
        asking(url.replace("http:", "https:"))
    assert refused.value.code is Trouble.TLS


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (403, Permanent, Trouble.FORBIDDEN),
        (404, Permanent, Trouble.NOT_FOUND),
        (405, Permanent, Trouble.NOT_THIS_PROTOCOL),
        (412, Permanent, Trouble.CONFLICT),
        (418, Permanent, Trouble.REFUSED),
        (423, Transient, Trouble.BUSY),
        (429, Transient, Trouble.TOO_MANY),
        (503, Transient, Trouble.BUSY),
        (507, Permanent, Trouble.TOO_LARGE),
    ],
)
def test_each_no_has_its_meaning(status, kind, code):
    with server(says(status)) as (url, _asked), pytest.raises(kind) as refused:
        asking(url)
    assert refused.value.code is code


def test_a_page_instead_of_an_answer_is_no_such_server():
    with server(says(200, b"<html><body>Hello")) as (url, _asked), pytest.raises(Permanent) as refused:
        asking(url)
    assert refused.value.code is Trouble.NOT_THIS_PROTOCOL


BOMB = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><multistatus xmlns="DAV:">&b;</multistatus>'
FILE = b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]><multistatus xmlns="DAV:">&a;</multistatus>'
DEEP = b'<multistatus xmlns="DAV:">' + b"<a>" * 200_000


@pytest.mark.parametrize(
    "hostile",
    [BOMB, FILE, DEEP, b"", b"\xff\xfe", b"<a/>", b'<?xml version="1.0" encoding="nonsense"?><a/>'],
)
def test_hostile_xml_is_refused(hostile):
    with pytest.raises(NotOurXml):
        read_multistatus(hostile)


def test_of_an_answer_only_what_was_found_is_kept():
    body = (
        b'<multistatus xmlns="DAV:"><response><href> /a </href><propstat><prop><getetag>"1"</getetag></prop>'
        b"<status>HTTP/1.1 200 OK</status></propstat><propstat><prop><displayname/></prop>"
        b"<status>HTTP/1.1 404 Not Found</status></propstat></response>"
        b"<response><href>/b</href><href>/c</href><status>HTTP/1.1 404 Not Found</status></response>"
        b"<response><status>HTTP/1.1 x</status></response>"
        b"<sync-token>t2</sync-token></multistatus>"
    )
    found = read_multistatus(body)
    assert [(one.href, one.status) for one in found.responses] == [("/a", 200), ("/b", 404), ("/c", 404)]
    assert found.responses[0].text("d:getetag") == '"1"'
    assert not found.responses[0].has("d:displayname")
    assert found.sync_token == "t2"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("books.example.org", "books.example.org.", True),
        ("example.org", "p42-books.example.org", True),
        ("caldav.gmx.example", "gmx.example", True),
        ("p42.books.example.org", "dav.example.org", True),
        ("example.org", "example.org.attacker.example", False),
        ("notexample.org", "example.org", False),
        ("a.co.uk", "b.co.uk", False),
        ("a.example", "b.example", False),
        ("127.0.0.1", "0.0.1", False),
        ("10.0.0.1", "10.1.0.1", False),
        ("org", "example.org", False),
    ],
)
def test_one_site_is_told_from_two_on_the_safe_side(one, other, same):
    assert same_site(one, other) is same
    assert same_site(other, one) is same


def test_two_spellings_of_a_path_are_one():
    assert path_of("/a%20b/%7Ejane.vcf") == path_of("https://x.example/a b/~jane.vcf") == "/a%20b/~jane.vcf"


def test_a_server_is_named_without_who_signs_in():
    assert server_of("https://jane:secret@books.example:8443/x") == "books.example:8443"
    assert server_of("https://books.example:no") == ""
