"""Targets that fail in every way: one line, no secret, and each alert once all the same."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time

import apprise
import pytest

from tracker.notify import sent as sent_module

SECRET = "s3cr3t-t0ken"  # noqa: S105 - to be looked for
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
WAYS = {
    "closes at once": lambda _: None,
    "closes midway": lambda c: c.recv(10),
    "resets": lambda c: c.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0"),
    "answers nonsense": lambda c: (c.recv(65536), c.sendall(b"\x1b[31m" * 100)),
    "answers 500": lambda c: (c.recv(65536), c.sendall(OK.replace(b"200 OK", b"500 No"))),
    "answers 403": lambda c: (c.recv(65536), c.sendall(OK.replace(b"200 OK", b"403 No"))),
    "never answers": lambda c: (c.recv(65536), time.sleep(2)),
}
SMTP_WAYS = {
    "no greeting": [],
    "is full": [b"421 \x1b[31m too busy\r\n"],
    "closes midway": [b"220 x\r\n", b"250 x\r\n"],
    "knows nobody": [b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"550 nobody\r\n", b"250 x\r\n"],
    "closes after the mail": [b"220 x\r\n", b"250 x\r\n", b"250 x\r\n", b"250 x\r\n", b"354 x\r\n"],
}


class Server:
    """Whatever one does with a connection on loopback; by default it takes messages."""

    def __init__(self):
        self.got, self.way = [], None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection):
        with connection:
            if self.way is not None:
                try:
                    self.way(connection)
                except OSError:
                    return
                return
            self.got.append(_request(connection))
            connection.sendall(OK)

    def say(self, lines):
        """Speak SMTP: a line, then one for each that is heard; the last one ends it."""

        def way(connection):
            for line in lines:
                connection.sendall(line)
                connection.recv(65536)

        self.way = way

    @property
    def url(self):
        return f"json://user:{SECRET}@127.0.0.1:{self.port}/in?cto=1&rto=1"

    @property
    def mail(self):
        return (
            f"mailto://user:{SECRET}@127.0.0.1:{self.port}?from=a@example.org&to=b@example.org"
            "&mode=insecure&cto=1&rto=1"
        )

    def close(self):
        self._socket.close()


def _request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = next(
        int(h[15:]) for h in head.lower().split(b"\r\n") if h.startswith(b"content-length")
    )
    while len(body) < length:
        body += connection.recv(65536)
    return body


@pytest.fixture
def server():
    made = Server()
    yield made
    made.close()


def failed(ran):
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (2, "", 1)
    assert SECRET not in ran.err
    assert "\x1b" not in ran.err


@pytest.mark.parametrize("way", WAYS)
def test_a_web_hook_that_fails_gets_it_the_next_time_once(demo, tracker, server, way):
    server.way = WAYS[way]
    failed(tracker("notify", "--to", server.url))
    server.way = None
    assert tracker("notify", "--to", server.url).code == 0
    assert tracker("notify", "--to", server.url).code == 0
    assert len(server.got) == 1


@pytest.mark.parametrize("way", SMTP_WAYS)
def test_a_mail_server_that_fails_is_one_line(demo, tracker, server, way):
    server.say(SMTP_WAYS[way])
    failed(tracker("notify", "--to", server.mail))


@pytest.mark.parametrize("scheme", ["json", "mailto"])
def test_a_host_that_is_none_is_one_line(demo, tracker, scheme):
    failed(tracker("notify", "--to", f"{scheme}://u:{SECRET}@no-such-host.invalid/x?cto=1&rto=1"))
    failed(tracker("notify", "--to", f"{scheme}://u:{SECRET}@127.0.0.1:1/x?cto=1&rto=1"))


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError, OSError, RecursionError])
def test_whatever_the_library_raises_is_one_line(demo, tracker, server, monkeypatch, error):
    def fail(*_, **__):
        raise error(f"{SECRET}\n\x1b[31m")

    monkeypatch.setattr(apprise.Apprise, "notify", fail)
    failed(tracker("notify", "--to", server.url))
    monkeypatch.undo()


def test_of_several_targets_those_that_took_it_are_told_and_not_again(demo, tracker, server):
    down = f"json://u:{SECRET}@127.0.0.1:1/x"
    for _ in range(2):
        ran = tracker("notify", "--to", down, "--to", server.url, "--to", down + "y")
        assert (ran.code, len(ran.out.splitlines()), len(ran.err.splitlines())) == (2, 1, 1)
        assert SECRET not in ran.out + ran.err
    assert len(server.got) == 1


def test_what_was_sent_is_said_where_it_can_no_longer_be_noted(demo, tracker, server, monkeypatch):
    """And it is not sent a second time."""

    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(sent_module.Sent, "succeed", full)
    ran = tracker("notify", "--to", server.url, "--to", server.url + "2")
    assert (ran.code, ran.out) == (3, "json: 112건을 알렸습니다\n")
    assert len(ran.err.splitlines()) == 1
    monkeypatch.undo()
    ran = tracker("notify", "--to", server.url, "--db", demo, "--today", "2026-11-21")
    assert ran.code == 0
    assert len(server.got) == 1


def test_where_nothing_can_be_noted_nothing_is_sent(demo, tracker, server, monkeypatch):
    def full(*_):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(sent_module, "atomic_write", full)
    ran = tracker("notify", "--to", server.url)
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (3, "", 1)
    assert server.got == []


def test_a_store_that_is_locked_sends_nothing(demo, tracker, server, tmp_path, monkeypatch):
    config = tmp_path / "config.toml"
    config.write_text("busy_ms = 50\n")
    monkeypatch.setenv("TRACKER_CONFIG", str(config))
    raw = sqlite3.connect(demo, isolation_level=None)
    raw.execute("PRAGMA locking_mode = EXCLUSIVE")
    raw.execute("PRAGMA journal_mode = DELETE")
    raw.execute("BEGIN EXCLUSIVE")
    ran = tracker("notify", "--to", server.url)
    raw.close()
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (3, "", 1)
    assert server.got == []


def started(server):
    return subprocess.Popen(
        [sys.executable, "-m", "tracker", "notify"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"TRACKER_NOTIFY": server.url.replace("rto=1", "rto=30")},
    )


def slowly(server, seconds):
    def way(connection):
        server.got.append(_request(connection))
        time.sleep(seconds)
        connection.sendall(OK)

    server.way = way


def test_two_at_once_send_once(demo, server):
    slowly(server, 0.5)
    both = [started(server), started(server)]
    for process in both:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b""), out
    assert len(server.got) == 1


def test_one_that_is_killed_while_it_sends_is_not_sent_again(demo, server):
    slowly(server, 30)
    killed = started(server)
    last = time.monotonic() + 60
    while not server.got and time.monotonic() < last:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    server.way = None
    again = started(server)
    out, err = again.communicate(timeout=60)
    assert (again.returncode, len(err.splitlines())) == (0, 1), out
    assert len(server.got) == 1
