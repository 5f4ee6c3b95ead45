"""Commands run in this process, with what they print and how they end."""

import json
from dataclasses import dataclass

import pytest

from tracker.cli.main import run

__all__ = ["Ran", "tracker"]


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def tracker(capsys):
    def ran(*arguments):
        code = run([str(a) for a in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return ran
