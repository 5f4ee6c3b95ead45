"""What processes do side by side until a file called `stop` appears, each told with its instants.

Every line of a log is a word, a name and the monotonic instant in nanoseconds, which all
processes of a machine share: `try` before an act begins, `done` once it was acknowledged,
`busy` where it was refused because the others took too long, `refused` where for another reason.
"""

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from time import monotonic_ns

import db.upkeep.backup
from db.model.errors import BusyError
from db.upkeep.backup import back_up
from db.upkeep.doctor import examine
from db.upkeep.restore import restore
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.cli.main import run
from tracker.exchange.imports.importing import import_file

BUSY_MS = 20_000
SHARED = 40
"""How many files everybody imports, each in the same order."""

FACTS = """\
facility shared-{number}
  name: shared-{number}
  described: 2026-01-05
2026-01-05  opening  plan  2026-10
"""


class Rounds:
    """Mixed into a victim, which has what is declared here."""

    path: Path
    seed: int
    office: Workspace
    tell: Callable[..., None]
    one: Callable[[str], bool]
    many: Callable[[str], bool]
    command: Callable[[str], bool]

    def _names(self) -> Iterator[str]:
        """Names for acts until it is time to stop; no backup is dropped meanwhile."""
        db.upkeep.backup.AUTOMATIC = 1_000_000  # the checker looks at all of them
        stop = self.path.with_name("stop")
        for number in count():
            if stop.exists():
                return
            yield f"{self.seed}-{number}"

    def _timed(self, name: str, act: Callable[[str], object]) -> None:
        self.tell("try", f"{name}={monotonic_ns()}")
        try:
            said = act(name)
        except BusyError:
            self.tell("busy", f"{name}={monotonic_ns()}")
        else:
            word = "refused" if said is False else "done"
            self.tell(word, f"{name}={monotonic_ns()}={said}")

    def writes(self) -> None:
        """Acts of all sorts; the author of each is its name."""
        for number, name in enumerate(self._names()):
            self._timed(name, (self.one, self.command, self.many)[number % 3])

    def imports(self) -> None:
        """The same files as every other importer, in the same order, over and over."""
        for number, name in enumerate(self._names()):
            self._timed(name, lambda name, of=number % SHARED: self._bring(of, name))

    def _bring(self, number: int, name: str) -> int:
        file = self.path.with_name(f"{name}.facts")
        file.write_text(FACTS.format(number=number))
        try:
            office = Workspace(
                self.path,
                self.office.today,
                Config(author=name, busy_ms=BUSY_MS),
                self.office.words,
            )
            return import_file(office, file).new
        finally:
            file.unlink()

    def backups(self) -> None:
        """Backups, each under a name of its own."""
        for name in self._names():
            self._timed(name, lambda name: back_up(self.path, self._copy(name), busy_ms=BUSY_MS))

    def _copy(self, name: str) -> Path:
        return self.path.with_name(f"{name}.bak")

    def restores(self) -> None:
        """A backup, a while in which others write, and the backup again."""
        for name in self._names():
            back_up(self.path, self._copy(name), busy_ms=BUSY_MS)
            os.sched_yield()
            self._timed(name, lambda name: restore(self.path, self._copy(name), busy_ms=BUSY_MS))

    def exports(self) -> None:
        """Everything as JSON, each into a file of its own."""
        for name in self._names():
            self._timed(name, lambda name: self._run("export", self.path.with_name(f"{name}.json")))

    def examines(self) -> None:
        """Looks for damage, of which there is none."""
        for name in self._names():
            self._timed(name, lambda _: len(examine(self.path, busy_ms=BUSY_MS)))

    def _run(self, *line: object) -> int:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            return run([*map(str, line), "--db", str(self.path)])
