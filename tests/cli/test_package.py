"""What is shipped, and what it is made of."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PACKAGES = ("tracker", "db", "fixtures")
KINDS = {".mako", ".py", ".tcss", ".facts", ".typed", ".html", ".css"}


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy of what is in the checkout, without any network."""
    pytest.importorskip("hatchling", reason="pip install hatchling")
    source = tmp_path_factory.mktemp("source")
    for name in (*PACKAGES, "pyproject.toml", "README.md", "LICENSE"):
        place = ROOT / name
        if place.is_dir():
            shutil.copytree(place, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(place, source / name)
    (source / "tests").mkdir()
    (source / "tests" / "test_nothing.py").touch()
    code = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
    dist = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-c", code, dist], cwd=source, check=True, capture_output=True)
    (built,) = dist.iterdir()
    return zipfile.ZipFile(built)


def test_the_wheel_holds_the_program_and_nothing_else(wheel):
    wanted = {
        str(p.relative_to(ROOT))
        for package in PACKAGES
        for p in (ROOT / package).rglob("*")
        if p.is_file() and "__pycache__" not in p.parts
    }
    assert {Path(n).suffix for n in wanted} <= KINDS
    assert {n for n in wheel.namelist() if ".dist-info/" not in n} == wanted
    about = {n.partition(".dist-info/")[2] for n in wheel.namelist()} - {""}
    assert about == {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE"}


def test_what_the_documents_point_to_exists_and_is_in_the_source_archive():
    """Every link and every test that a document names."""
    build = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    included = build["targets"]["sdist"]["include"]
    assert all((ROOT / name).exists() for name in included)
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]:
        text = document.read_text("utf-8")
        linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
        named = re.findall(r"`((?:tests|docs|db|tracker|fixtures|\.ci)/[\w./]+)`", text)
        places = [document.parent / name for name in linked] + [ROOT / name for name in named]
        for place in places:
            assert place.exists(), (document.name, place)
        for place in (document, *places[: len(linked)]):
            top = place.resolve().relative_to(ROOT.resolve()).parts[0]
            assert top in included, (document.name, place)


def test_no_file_of_a_person_is_in_the_checkout():
    """Nor would one get into the wheel: stores and backups are never left in the packages."""
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*"):
            assert file.suffix not in {".db", ".bak", ".xlsx", ".toml", ".env", ".pem"}, file


def pins():
    """Each package of the lock, its version, and how many hashes stand with it."""
    found = {}
    for block in re.split(r"\n(?=[a-zA-Z0-9])", (ROOT / "requirements.lock").read_text("utf-8")):
        match = re.match(r"([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==(\S+)", block)
        if match:
            name = re.sub(r"[-_.]+", "-", match[1]).lower()
            found[name] = (match[2], len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block)))
        else:
            assert all(not line.strip() or line.startswith("#") for line in block.splitlines())
    return found


def test_the_lock_pins_everything_that_is_needed_with_hashes(project):
    locked = pins()
    assert all(hashes for _, hashes in locked.values())
    extras = [r for part in project["optional-dependencies"].values() for r in part]
    for text in (*project["dependencies"], *extras):
        wanted = Requirement(text)
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        assert name in locked, f"{name} is not in requirements.lock"
        assert wanted.specifier.contains(locked[name][0]), text


def test_the_lock_pins_what_those_need_in_turn(project):
    """As far as it is installed here; where it is not, `--require-hashes` says so."""
    locked = pins()
    extras = project["optional-dependencies"].values()
    waiting = [(Requirement(t), "") for part in (project["dependencies"], *extras) for t in part]
    seen = set()
    while waiting:
        wanted, extra = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        assert name in locked, f"{name} is not in requirements.lock"
        for part in {"", *wanted.extras} - {e for n, e in seen if n == name}:
            seen.add((name, part))
            with suppress(PackageNotFoundError):
                waiting += [(Requirement(text), part) for text in requires(name) or ()]
    assert len(seen) > len(project["dependencies"])


def test_nothing_is_needed_that_is_not_declared(project):
    """Every import of the packages is theirs, the standard library's, or declared."""
    import ast

    declared = {Requirement(t).name.replace("-", "_") for t in project["dependencies"]}
    declared |= {"dateutil" if "dateutil" in d else d for d in declared}
    for extra, wanted in project["optional-dependencies"].items():
        if extra != "dev":
            declared |= {Requirement(t).name for t in wanted}
    declared |= {"pydantic"}  # sqlmodel is made of it
    for package in PACKAGES:
        for file in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                names = []
                if isinstance(node, ast.Import):
                    names = [a.name for a in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module:
                    names = [node.module]
                for name in {n.partition(".")[0] for n in names}:
                    known = name in {*sys.stdlib_module_names, "_typeshed", *PACKAGES, *declared}
                    assert known, f"{file}: {name}"
