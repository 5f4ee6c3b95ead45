"""Changes the rules in small ways, one at a time, and says which changes no test notices.

    python -m tests.mutate [MODULE …]       # all of MODULES by default; run by hand

For each change a process is forked in which the module has that other body, and the tests of
the module are run there up to the first that fails: with few examples of each property, and
with as many as ever only where those notice nothing. A change that survives stands in
`docs/mutation.md` with the reason why nobody could see it, or it is a hole.
"""

import ast
import copy
import gc
import os
import sys
from collections.abc import Iterator
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

ROOT = Path(__file__).parents[1]
MODULES = {
    "db/model/period.py": "tests/unit/test_period.py",
    "db/fold/folding.py": "tests/unit/test_fold.py",
    "tracker/domain/schedule.py": "tests/unit/test_schedule.py",
}
WORKERS = 2
SECONDS = 60  # a test that takes longer goes round in circles, and has noticed the change
EXAMPLES = (10, 100)

_COMPARED = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Mod: ast.Mult}


def changes(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """Every change: its line, what it is, and the tree with it."""
    inside = [n for n in ast.walk(tree) if not _is_annotation(n)]
    for place, node in enumerate(inside):
        for what, new in _changed(node):
            other = copy.deepcopy(tree)
            twin = [n for n in ast.walk(other) if not _is_annotation(n)][place]
            _replace(other, twin, new)
            yield node.lineno, what, ast.fix_missing_locations(other)


def _is_annotation(node: ast.AST) -> bool:
    return not hasattr(node, "lineno")


def _changed(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The ways in which one expression or statement can be something else."""
    make = _WAYS.get(type(node))
    for new in make(node) if make else ():
        was, now = (ast.unparse(n).partition("\n")[0] for n in (node, new))
        yield f"{was} → {now}", new


def _compared(node: ast.Compare) -> Iterator[ast.AST]:
    for other in _COMPARED.get(type(node.ops[0]), ()):
        new = copy.deepcopy(node)
        new.ops[0] = other()
        yield new


def _joined(node: ast.BoolOp) -> Iterator[ast.AST]:
    new = copy.deepcopy(node)
    new.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield from (new, *copy.deepcopy(node.values))


def _negated(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield copy.deepcopy(node.operand)


def _counted(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in _COUNTED:
        new = copy.deepcopy(node)
        new.op = _COUNTED[type(node.op)]()
        yield new


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.copy_location(ast.Constant(not node.value), node)
    elif isinstance(node.value, int):
        yield ast.copy_location(ast.Constant(node.value + 1), node)


def _either(node: ast.IfExp) -> Iterator[ast.AST]:
    yield from copy.deepcopy([node.body, node.orelse])


def _returned(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not _is_none(node.value):
        yield ast.copy_location(ast.Return(), node)


def _left_out(node: ast.stmt) -> Iterator[ast.AST]:
    is_call = not isinstance(node, ast.Expr) or isinstance(node.value, ast.Call)
    if node.col_offset and is_call:  # what stands at the margin is a table or a name
        yield ast.copy_location(ast.Pass(), node)


_WAYS: dict[type, Any] = {
    ast.Compare: _compared,
    ast.BoolOp: _joined,
    ast.UnaryOp: _negated,
    ast.BinOp: _counted,
    ast.Constant: _constant,
    ast.IfExp: _either,
    ast.Return: _returned,
    **dict.fromkeys((ast.Assign, ast.AugAssign, ast.Continue, ast.Raise, ast.Expr), _left_out),
}


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _replace(tree: ast.AST, old: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is old:
                setattr(parent, name, new)
                return
            if isinstance(value, list) and any(v is old for v in value):
                setattr(parent, name, [new if v is old else v for v in value])
                return


class Changed(Loader, MetaPathFinder):
    """Gives one module another body, in a process that has not imported it yet."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        """Put `tree` in the place of `module`, a path below the root."""
        self._name = module.removesuffix(".py").replace("/", ".")
        self._file = str(ROOT / module)
        self._tree = tree

    def find_spec(self, fullname: str, *_: object) -> ModuleSpec | None:
        """This module, and no other."""
        return ModuleSpec(fullname, self, origin=self._file) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Run the changed body."""
        exec(compile(self._tree, self._file, "exec"), module.__dict__)  # noqa: S102 - that is the point


def run_tests(module: str, tree: ast.Module) -> int:
    """Fork a process that runs the tests of a module with another body; its number."""
    process = os.fork()
    if process:
        return process
    gc.freeze()  # else most of the time is spent looking through what the parent imported
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    sys.meta_path.insert(0, Changed(module, tree))
    quiet = [
        "-x",
        "-q",
        "--tb=no",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "-p",
        "no:unraisableexception",
    ]
    quiet += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # imported before the fork
    quiet += [f"--timeout={SECONDS}", "--rootdir", str(ROOT), str(ROOT / MODULES[module])]
    once = (Phase.explicit, Phase.generate)  # that it fails is all that is asked, not how simply
    for number in EXAMPLES:
        settings.register_profile(
            f"of {number}", max_examples=number, database=None, derandomize=True, phases=once
        )
        noticed = pytest.main([*quiet, f"--hypothesis-profile=of {number}"])
        if noticed:
            break
    os._exit(int(noticed))


def try_all(module: str, first: int) -> None:
    """Try every change of a module from the `first` on, and tell of those that live."""
    unchanged = ast.parse((ROOT / module).read_text("utf-8"))
    if os.waitpid(run_tests(module, unchanged), 0)[1]:
        sys.exit(f"{module}: its tests fail as it is")
    whole = list(changes(unchanged))
    running: dict[int, int] = {}
    lives = 0
    for number in range(first, len(whole) + WORKERS):
        if len(running) == WORKERS or (running and number >= len(whole)):
            process, status = os.wait()
            line, what, _ = whole[done := running.pop(process)]
            if status == 0:
                lives += 1
                tell(f"{module}:{line}: {what}  [{done}]")
        if number < len(whole):
            running[run_tests(module, whole[number][2])] = number
    tell(f"{module}: {len(whole) - first} changes, {lives} unnoticed")


def tell(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Try all changes of the modules that are named; `MODULE:N` begins at the N-th."""
    for name in ("alembic.command", "hypothesis", "sqlmodel", "dateutil.relativedelta"):
        __import__(name)
    os.chdir(ROOT)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    for wanted in sys.argv[1:] or list(MODULES):
        module, _, first = wanted.partition(":")
        try_all(module, int(first or 0))


if __name__ == "__main__":
    main()
