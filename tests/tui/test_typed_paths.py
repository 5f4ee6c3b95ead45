"""Whatever is typed for a path, the screen says what is wrong, stays, and waits for nothing."""

import os

import pytest
from stage import press, text_of
from textual.widgets import Input

from tracker.tui.forms.form import Form

PATHS = ("~no-such-user/x", "~", ".", "/", "x" * 300, "/dev/null", "pipe.txt", "a/../..", "[b]")


@pytest.mark.parametrize("path", PATHS)
async def test_an_announcement(opened, tmp_path, monkeypatch, path):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    os.mkfifo("pipe.txt")
    async with opened() as pilot:
        await press(pilot, "colon", "text:announcement", "enter")
        pilot.app.screen.query(Input).first().value = path
        await press(pilot, "enter", "tab", "text:2026-11-12", "enter")
        assert isinstance(pilot.app.screen, Form)
        assert text_of(pilot, "#form-status") or path == "~no-such-user/x"
    assert os.listdir() == ["pipe.txt"]  # noqa: PTH208 - the folder one is in
