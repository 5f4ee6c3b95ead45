"""A program that is killed: one that has everything imported, and forks what will die."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from running import tracker  # noqa: F401 - a fixture of these tests too

from tracker.app import clock

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _clock_of_the_others(_own_world, monkeypatch):
    """Have this process read the same clock as those that it starts."""
    monkeypatch.setattr(clock, "now", lambda: datetime.now(UTC))


class Killing:
    """Starts a victim, kills it after a while, and says what it had been told was done."""

    def __init__(self, process, folder):
        self._process = process
        self._folder = folder
        self._round = 0

    def _ask(self, **what):
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def start(self, what, store, *, seed=None):
        """Fork a victim; its number, and the file it writes into."""
        self._round += 1
        log = self._folder / f"{self._round}.log"
        number = self._ask(
            what=what, store=str(store), log=str(log), seed=self._round if seed is None else seed
        )
        return number, log

    def end(self, number, log, *, kill=True):
        """Kill it, or wait for its end; the acts that it tried, and those it had finished."""
        if kill:
            os.kill(number, signal.SIGKILL)
        code = self._ask(wait=number)
        failed = log.with_suffix(".failed")
        assert not failed.exists(), failed.read_text()
        assert code in {0, -signal.SIGKILL}, code
        lines = [line.split() for line in log.read_text().splitlines()] if log.exists() else []
        tried = [name for word, name in lines if word == "try"]
        done = [name for word, name in lines if word == "done"]
        return tried, done

    def kill(self, what, store, *, within):
        """Start a victim and kill it at a random instant within some seconds of its first word."""
        number, log = self.start(what, store)
        deadline = time.monotonic() + 10
        while not log.exists() or (not log.stat().st_size and time.monotonic() < deadline):
            time.sleep(0.001)
        time.sleep(random.uniform(0, within))
        return self.end(number, log)


@pytest.fixture(scope="session")
def _zygote():
    tests = HERE.parent
    process = subprocess.Popen(
        [sys.executable, HERE / "victim.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join([str(tests), str(tests.parent)]),
            "TRACKER_CONFIG": os.devnull,
        },
    )
    yield process
    process.stdin.close()
    process.wait()
    process.stdout.close()


@pytest.fixture
def killing(_zygote, tmp_path):
    folder = tmp_path / "told"
    folder.mkdir()
    return Killing(_zygote, folder)
