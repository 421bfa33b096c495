"""The server on this machine: one-time links, loopback alone, one at a time."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # each test starts processes of its own

RUN = "from askwell.cli.main import run; run()"
# What a shell starts in the background ignores Ctrl-C, and so would a server started from there.
HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
HOST = "127.0.0.1"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


@contextmanager
def serving(home, port, *words):
    """Serve until the block ends; gives the process and its one-time link."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", *words],
        env={**home, "ASKWELL_PORT": str(port)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process, link_of(process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def link_of(process):
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError(process.stderr.read())


def get(link, *, cookie="", host=""):
    """Ask for a page; gives status, headers and text, following nothing."""
    address, _, path = link.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(address, timeout=20)
    headers = {**({"Cookie": cookie} if cookie else {}), **({"Host": host} if host else {})}
    connection.request("GET", f"/{path}", headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, answer.headers, text


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """One server for the questions that change nothing."""
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    home = {**keep, "ASKWELL_DATA": str(tmp_path_factory.mktemp("serve") / "data"), "ASKWELL_NO_BROWSER": "1"}
    with serving(home, free_port()) as (process, link):
        yield home, process, link


@pytest.fixture
def base(server):
    return server[2].partition("/?")[0]


def test_the_server_says_that_it_is_well(base):
    status, _headers, text = get(f"{base}/healthz")
    assert (status, text) == (200, "ok\n")


def test_without_a_link_nobody_gets_in(base):
    assert get(f"{base}/")[0] == 403


def test_a_made_up_token_opens_nothing(base):
    assert get(f"{base}/?token=letmein")[0] == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "192.0.2.7"])
def test_a_foreign_host_name_is_refused(base, host):
    assert get(f"{base}/healthz", host=host)[0] == 400


def test_the_server_listens_on_loopback_alone(base):
    port = int(base.rpartition(":")[2])
    with Path("/proc/net/tcp").open() as table:
        rows = [line.split()[1] for line in table.readlines()[1:] if line.split()[3] == "0A"]
    assert [row for row in rows if int(row.partition(":")[2], 16) == port] == [f"0100007F:{port:04X}"]


def test_the_server_does_not_say_what_it_is_made_of(base):
    _status, headers, _text = get(f"{base}/healthz")
    assert headers["Server"] is None


def test_a_second_start_gives_a_new_link_to_the_first(server):
    home, _process, link = server
    other = subprocess.run(
        [sys.executable, "-c", RUN, "serve"],
        env={**home, "ASKWELL_PORT": str(free_port())}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert other.returncode == 0, other.stderr
    assert "open already" in other.stdout
    second = re.search(r"http://\S+", other.stdout)[0]
    assert second.partition("/?")[0] == link.partition("/?")[0]
    assert get(second)[0] == 302


def test_a_link_works_once_and_then_its_session_does(server):
    _home, _process, link = server
    status, headers, _text = get(link)
    assert (status, headers["Location"]) == (302, "/")
    (cookie,) = [text for text in headers.get_all("Set-Cookie") if text.startswith("askwell_session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert get(link)[0] == 403
    cookie = cookie.partition(";")[0]
    base = link.partition("/?")[0]
    assert get(f"{base}/", cookie=cookie)[0] != 403


def test_a_taken_port_is_said_and_the_next_one_used(opened):
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        taken = other.getsockname()[1]
        process = subprocess.Popen(
            [sys.executable, "-c", RUN, "serve"],
            env={**opened, "ASKWELL_PORT": str(taken)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        said = process.stdout.readline()
        link = link_of(process)
        try:
            assert f"Port {taken} is taken" in said
            assert get(f"{link.partition('/?')[0]}/healthz")[0] == 200
        finally:
            process.terminate()
            process.communicate(timeout=20)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_the_server_closes_cleanly(opened, sign):
    process = subprocess.Popen(
        [sys.executable, "-c", HEARS + RUN, "serve"],
        env={**opened, "ASKWELL_PORT": str(free_port())}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    link_of(process)
    process.send_signal(sign)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "closed" in out
    assert "Traceback" not in err


def test_after_a_kill_the_next_start_serves_again(opened):
    port = free_port()
    with serving(opened, port) as (process, _link):
        process.kill()
        process.wait(timeout=10)
    with serving(opened, port) as (_process, link):
        assert f":{port}/" in link
        assert get(f"{link.partition('/?')[0]}/healthz")[0] == 200


def test_two_starts_at_the_same_moment_end_in_one_server(opened):
    port = free_port()
    both = [
        subprocess.Popen(
            [sys.executable, "-c", RUN, "serve"],
            env={**opened, "ASKWELL_PORT": str(port)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    links = [link_of(process) for process in both]
    try:
        assert {link.partition("/?")[0] for link in links} == {f"http://{HOST}:{port}"}
        until = time.monotonic() + 30
        while [process.poll() for process in both].count(None) == 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert [process.poll() for process in both].count(None) == 1
    finally:
        for process in both:
            process.terminate()
            process.communicate(timeout=20)


@pytest.mark.parametrize("port", ["nothing", "70000"])
def test_a_port_that_is_none_is_refused_plainly(shell, opened, port):
    ended = shell("serve", ASKWELL_PORT=port)
    assert ended.code == 1
    assert "ASKWELL_PORT" in ended.err
    assert "Traceback" not in ended.err
