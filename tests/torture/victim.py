"""Processes that do one thing over and over, to be killed in the middle of it.

The program that runs this file has imported everything once; for every line it reads it
forks a process that does what the line says, and answers with its number. What the
forked one has finished, it writes into a file, line by line, unbuffered.
"""

import contextlib
import io
import json
import os
import random
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic

from alembic import command as _alembic  # noqa: F401 - imported before the fork, to be quick after it
from effort import either
from making import TODAY, batch, plan, said
from rounds import Rounds
from sqlalchemy import event
from sqlalchemy.engine import Engine

import db.schema.models  # noqa: F401 - the same
from db.engine.connect import refuse_moved
from db.model.errors import BusyError, RefusedError, StoreError
from db.model.records import ActKind
from db.upkeep import migrate
from db.upkeep.atomic_create import atomic_create
from db.upkeep.backup import back_up, back_up_before, back_up_beside
from db.upkeep.restore import restore
from tracker.app.config import Config
from tracker.app.workspace import Workspace
from tracker.cli.main import run
from tracker.exchange.imports.importing import import_file
from tracker.words import Words

BUSY_MS = 20_000
_TAKEN = {"undo": ActKind.ACT, "redo": ActKind.UNDO}

FACTS = """\
facility {slug}
  name: {slug}
  described: 2026-01-05
2026-01-05  opening  plan  2026-10
2026-02-05  opening  plan  2026-12
"""


class Victim(Rounds):
    """Acts on one store, each told before it begins and after it was acknowledged."""

    def __init__(self, store, log, seed):
        self.path, self.log = Path(store), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.random = random.Random(seed)
        self.office = Workspace(self.path, TODAY, Config(busy_ms=BUSY_MS), Words("en"))
        self.seed = seed

    def tell(self, *words):
        os.write(self.log, (" ".join(map(str, words)) + "\n").encode())

    def acts(self):
        """All sorts of acts without end; the author's name is the act's."""
        kinds = (self.one, self.one, self.many, self.undo, self.redo, self.command, self.bring)
        for number in count():
            name = f"{self.seed}-{number}"
            act = self.random.choice(kinds)
            self.tell("try", name)
            done = act(name)
            self.tell("done" if done else "refused", name)

    def together(self):
        """Acts until a file called `stop` appears; each told with how long it took."""
        kinds = (self.one, self.many, self.undo, self.redo, self.command, self.bring)
        stop = self.path.with_name("stop")
        for number in count():
            if stop.exists():
                return
            name = f"{self.seed}-{number}"
            begun = monotonic()
            try:
                done = self.random.choice(kinds)(name)
            except StoreError as error:
                if error.code not in {"busy", "store-moved"}:
                    raise
                done = None
            word = {True: "done", False: "refused", None: "busy"}[done]
            self.tell(word, f"{name}={monotonic() - begun:.3f}")

    def left_open(self):
        """Acts on a store that stays open, as a screen has it, until `stop` appears."""
        stop, store = self.path.with_name("stop"), None
        for number in count():
            if stop.exists():
                return
            name = f"{self.seed}-{number}"
            store = store or self.office.writing()
            try:
                store.record(batch(self.plan()), by=name, now=datetime.now(UTC), today=TODAY)
            except StoreError as error:
                if error.code not in {"busy", "store-moved"}:
                    raise
                store.close()
                store = None
            else:
                self.tell("done", f"{name}=0")

    def restore_by_turns(self):
        """Restore one of two backups after the other until `stop` appears."""
        stop = self.path.with_name("stop")
        for number in count():
            if stop.exists():
                return
            name = ("a.bak", "b.bak")[number % 2]
            with contextlib.suppress(BusyError):
                restore(self.path, self.path.with_name(name), busy_ms=BUSY_MS)
                self.tell("restored", f"{name}=0")

    def copy_aside(self):
        """Record an act and keep a copy with it, many times, in both ways that name one."""
        ways = (
            lambda: back_up_before(self.path, "restore", busy_ms=BUSY_MS),
            lambda: back_up_beside(self.path, ".20261121T090000", busy_ms=BUSY_MS)[0],
        )
        for number in range(either(4, 50)):
            name = f"{self.seed}-{number}"
            self.one(name)
            self.tell("done", f"{name}={ways[number % 2]().name}")

    def screen(self):
        """Notes typed into the real screens until `stop` appears; each told as above."""
        import asyncio

        asyncio.run(self._type_notes())

    async def _type_notes(self):
        from tracker.tui.forms.form import Form
        from tracker.tui.shell.app import TrackerApp

        config = Config(author="screen", busy_ms=BUSY_MS)
        app = TrackerApp(replace(self.office, config=config))
        stop = self.path.with_name("stop")
        async with app.run_test(size=(80, 24)) as pilot:
            for number in count():
                if stop.exists():
                    return
                name = f"{self.seed}-{number}"
                begun = monotonic()
                await pilot.press("n", *name, "enter")
                await app.workers.wait_for_complete([w for w in app.workers if w.group == "write"])
                await pilot.pause()
                refused = isinstance(app.screen, Form)
                if refused:
                    await pilot.press("escape", "escape")
                self.tell("busy" if refused else "done", f"{name}={monotonic() - begun:.3f}")

    def record(self, name, *statements):
        with self.office.writing(create=True) as store:
            store.record(batch(*statements), by=name, now=datetime.now(UTC), today=TODAY)
        return True

    def one(self, name):
        return self.record(name, self.plan())

    def plan(self):
        return plan(f"{self.random.randint(2027, 2040)}", "2026-11-01")

    def many(self, name):
        steps = ("selection", "groundbreaking", "completion", "opening")
        return self.record(
            name,
            *(plan("2028", "2026-11-02", step, "annex") for step in steps),
            said("set", "2026-11-02", None, "annex", value={"name": f"별관 {name}"}),
        )

    def undo(self, name):
        return self.back("undo", name)

    def redo(self, name):
        return self.back("redo", name)

    def back(self, way, name):
        with self.office.writing(create=True) as store:
            try:
                with store.reading() as reader:  # it may be another's, and taken back by now
                    newest = reader.newest_act(_TAKEN[way])
                act = newest.id if newest is not None else None
                getattr(store, way)(by=name, now=datetime.now(UTC), today=TODAY, act=act)
            except RefusedError:
                return False
        return True

    def command(self, name):
        """A whole command, which waits as long as the others and is refused as they are."""
        config = self.path.with_name(f"{self.seed}.toml")
        config.write_text(f"busy_ms = {BUSY_MS}\nlang = 'en'\n")
        os.environ["TRACKER_CONFIG"] = str(config)
        line = ["note", "hall", name, "--by", name, "--db", str(self.path)]
        err = io.StringIO()
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(err):
            code = run(line)
        for refusal in (BusyError.at(self.path), moved(self.path)):
            if self.office.words.error(refusal) in err.getvalue():
                raise refusal
        assert code in {0, 2}, err.getvalue()
        return code == 0

    def bring(self, name):
        file = self.path.with_name(f"{name}.facts")
        file.write_text(FACTS.format(slug=f"hall-{name}"))
        office = replace(self.office, config=Config(author=name, busy_ms=BUSY_MS))
        import_file(office, file)
        file.unlink()
        return True

    def create(self):
        self.tell("try", "create")
        self.one("create")
        self.tell("done", "create")

    def fill(self):
        """Make a store that appears when it is filled, unless another process is faster."""
        with contextlib.suppress(BusyError):
            with atomic_create(self.path, busy_ms=BUSY_MS) as store:
                store.record(batch(self.plan()), by="fill", now=datetime.now(UTC), today=TODAY)
            self.tell("done", "fill")

    def migrate(self):
        self.tell("try", "migrate")
        migrate.upgrade(self.path, busy_ms=BUSY_MS)
        self.tell("done", "migrate")

    def migrate_until(self):
        """Migrate, and die after the statement whose number is the seed."""
        numbers = count(1)

        def die(*_):
            if next(numbers) == self.seed:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(Engine, "after_cursor_execute", die)
        event.listen(Engine, "commit", die)
        self.migrate()

    def backup(self):
        self.tell("try", "backup")
        for number in count():
            back_up(self.path, self.path.with_name("copy.bak"), busy_ms=BUSY_MS)
            self.tell("done", number)

    def restore(self):
        self.tell("try", "restore")
        for number in count():
            name = ("a.bak", "b.bak")[number % 2]
            restore(self.path, self.path.with_name(name), busy_ms=BUSY_MS)
            self.tell("done", name)


def moved(path):
    """The refusal of an act whose store was put elsewhere meanwhile."""
    try:
        refuse_moved(path, None)
    except StoreError as error:
        return error


def answer(number):
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main():
    for line in sys.stdin:
        asked = json.loads(line)
        if "wait" in asked:
            _, status = os.waitpid(asked["wait"], 0)
            answer(os.waitstatus_to_exitcode(status))
            continue
        process = os.fork()
        if process == 0:
            try:
                getattr(Victim(asked["store"], asked["log"], asked["seed"]), asked["what"])()
            except BaseException:  # noqa: BLE001 - whatever it is, the test shall see it
                import traceback

                Path(asked["log"]).with_suffix(".failed").write_text(traceback.format_exc())
                os._exit(70)
            os._exit(0)
        answer(process)


if __name__ == "__main__":
    main()
