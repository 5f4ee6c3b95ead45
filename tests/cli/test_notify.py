"""Alerts reach people: over HTTP and by mail, in Korean, once, and again when something changes."""

import json
import logging
import stat
import sys
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller

from tracker.notify import sent as sent_module

SECRET = "s3cr3t-t0ken"  # noqa: S105 - to be looked for


class Receiver:
    """An HTTP server on loopback that keeps what it is sent."""

    def __init__(self):
        self.got, self.answer = [], 200
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append(json.loads(body))
                self.send_response(outer.answer)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self):
        return f"json://user:{SECRET}@127.0.0.1:{self.server.server_port}/in"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.close()


class Mails:
    def __init__(self):
        self.got = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd names it
        self.got.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mails():
    box = Mails()
    controller = Controller(box, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    box.url = (
        f"mailto://127.0.0.1:{controller.port}?from=tracker@example.org&to=office@example.org"
        "&mode=insecure"
    )
    yield box
    controller.stop()


def _free_port():
    import socket

    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def test_a_digest_comes_over_http_in_korean_once(demo, tracker, receiver):
    ran = tracker("notify", "--to", receiver.url)
    assert ran.code == 0
    assert ran.out == "json: 112건을 알렸습니다\n"
    (message,) = receiver.got
    assert message["title"] == "[tracker] 알림 112건 · 2026-11-21"
    assert message["message"].startswith("■ 기한 경과 (49건)\n● ")
    assert "한국로봇리퍼브센터 · 개소 D+386" in message["message"]
    assert "그 밖에 72건" in message["message"]
    ran = tracker("notify", "--to", receiver.url)
    assert (ran.code, ran.out) == (0, "json: 새로 알릴 것이 없습니다\n")
    assert len(receiver.got) == 1


def test_a_day_that_goes_by_is_no_news(demo, tracker, receiver):
    tracker("notify", "--to", receiver.url)
    tracker("notify", "--to", receiver.url, "--today", "2026-11-22")
    assert len(receiver.got) == 1


def test_what_changes_is_told_alone(demo, tracker, receiver):
    tracker("notify", "--to", receiver.url)
    tracker("confirm", "리퍼브", "개소")
    tracker("notify", "--to", receiver.url)
    message = receiver.got[1]
    assert message["title"].startswith("[tracker] 알림 1건")
    assert "한국로봇리퍼브센터 · 개소" in message["message"]
    assert "지연" in message["message"]
    assert "이미 알린 111건" in message["message"]
    tracker("complete", "리퍼브", "개소")
    tracker("notify", "--to", receiver.url)
    assert len(receiver.got) == 2  # what is done is no alert
    tracker("undo")
    tracker("notify", "--to", receiver.url)
    assert len(receiver.got) == 3  # it is back


def test_a_mail_comes_in_korean_once(demo, tracker, mails):
    assert tracker("notify", "--to", mails.url).code == 0
    (mail,) = mails.got
    assert mail["subject"] == "[tracker] 알림 112건 · 2026-11-21"
    assert mail["to"].endswith("office@example.org")
    text = mail.get_body(("plain",)) or mail.get_body(("html",))
    assert "한국로봇리퍼브센터" in text.get_content()
    tracker("notify", "--to", mails.url)
    assert len(mails.got) == 1
    tracker("plan", "리퍼브", "개소", "2026-12-10")
    tracker("notify", "--to", mails.url)
    assert "개소 D-19" in (mails.got[1].get_body(("plain", "html"))).get_content()


def test_each_target_is_told_by_itself(demo, tracker, receiver, mails):
    tracker("notify", "--to", receiver.url)
    ran = tracker("notify", "--to", receiver.url, "--to", mails.url)
    assert ran.out.splitlines() == ["json: 새로 알릴 것이 없습니다", "mailto: 112건을 알렸습니다"]
    assert (len(receiver.got), len(mails.got)) == (1, 1)


def test_what_was_not_taken_is_sent_the_next_time(demo, tracker, receiver, mails):
    receiver.answer = 500
    ran = tracker("notify", "--to", receiver.url, "--to", mails.url)
    assert ran.code == 2
    assert "보내지 못했습니다: json" in ran.err
    assert len(mails.got) == 1
    receiver.answer = 200
    ran = tracker("notify", "--to", receiver.url, "--to", mails.url)
    assert ran.code == 0
    assert (len(receiver.got), len(mails.got)) == (2, 1)


def test_a_crash_while_sending_never_tells_twice(demo, tracker, receiver, monkeypatch):
    class Crash(BaseException):
        pass

    def crash(*_):
        raise Crash

    monkeypatch.setattr(sent_module.Sent, "succeed", crash)
    with pytest.raises(Crash):
        tracker("notify", "--to", receiver.url)
    monkeypatch.undo()
    monkeypatch.setenv("TRACKER_DB", str(demo))
    monkeypatch.setenv("TRACKER_TODAY", "2026-11-21")
    monkeypatch.setenv("TRACKER_LANG", "ko")
    ran = tracker("notify", "--to", receiver.url)
    assert (ran.code, len(receiver.got)) == (0, 1)
    assert "다시 보내지 않습니다" in ran.err
    assert tracker("notify", "--to", receiver.url).err == ""


def test_secrets_stand_in_no_output_no_log_and_no_file(demo, tracker, receiver, caplog):
    caplog.set_level(logging.DEBUG)
    receiver.answer = 403
    said = [tracker("notify", "--to", receiver.url)]
    said.append(tracker("notify", "--to", f"bogus://{SECRET}/x"))
    said.append(tracker("notify", "--to", f"{SECRET}"))
    said.append(tracker("notify", "--to", f"slack://{SECRET}"))
    said.append(tracker("notify", "--to", f"json://user:{SECRET}@127.0.0.1:1/x"))
    assert [ran.code for ran in said] == [2] * 5
    for ran in said:
        assert SECRET not in ran.out + ran.err
        assert len(ran.err.splitlines()) == 1
    assert SECRET not in caplog.text
    for file in demo.parent.iterdir():
        assert SECRET.encode() not in file.read_bytes()


def test_the_record_is_the_owners_alone(demo, tracker, receiver):
    tracker("notify", "--to", receiver.url)
    record = demo.with_name("tracker.db.notified.json")
    assert stat.S_IMODE(record.stat().st_mode) == 0o600
    record.write_text("{}")
    ran = tracker("notify", "--to", receiver.url)
    assert ran.code == 2
    assert "notified.json" in ran.err


def test_addresses_come_from_the_environment_or_a_private_file(
    demo, tracker, receiver, tmp_path, monkeypatch
):
    assert "chmod 600" in tracker("notify").err
    monkeypatch.setenv("TRACKER_NOTIFY", receiver.url)
    assert tracker("notify").code == 0
    assert len(receiver.got) == 1
    monkeypatch.delenv("TRACKER_NOTIFY")
    urls = tmp_path / "urls"
    urls.write_text(f"# 우리 과\n{receiver.url}2\n", "utf-8")
    urls.chmod(0o644)
    ran = tracker("notify", "--to-file", urls)
    assert (ran.code, len(receiver.got)) == (2, 1)
    assert "남도 읽을 수 있습니다" in ran.err
    urls.chmod(0o600)
    assert tracker("notify", "--to-file", urls).code == 0
    assert len(receiver.got) == 2


def test_the_file_beside_the_settings_is_the_last_resort(
    demo, tracker, receiver, monkeypatch, tmp_path
):
    monkeypatch.setenv("TRACKER_CONFIG", str(tmp_path / "config.toml"))
    urls = tmp_path / "notify.urls"
    urls.write_text(receiver.url)
    urls.chmod(0o600)
    assert tracker("notify").code == 0
    assert len(receiver.got) == 1


def test_without_apprise_one_line_says_how_to_get_it(demo, tracker, monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    ran = tracker("notify", "--to", "json://127.0.0.1:1/")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == ("tracker: 알리려면 Apprise가 필요합니다: pip install 'tracker[notify]'\n")


def test_a_dry_run_shows_the_digest_and_sends_nothing(demo, tracker, receiver):
    ran = tracker("notify", "--to", receiver.url, "--dry-run")
    assert ran.out.startswith("[tracker] 알림 112건")
    assert receiver.got == []
    assert not list(demo.parent.glob("*notified*"))


def test_status_in_one_line(demo, tracker):
    ran = tracker("status", "--line")
    assert ran.out == "● 49 → D-40 AI 내재화 기술개발 지원사업 운영\n"


def test_the_line_of_an_office_without_anything_open(tracker, tmp_path, monkeypatch):
    monkeypatch.setenv("TRACKER_DB", str(tmp_path / "a.db"))
    tracker("add", "facility", "가람관")
    assert tracker("status", "--line").out == "열린 것 없음\n"
