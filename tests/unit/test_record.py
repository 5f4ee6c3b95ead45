"""Records are what frozen dataclasses with slots are, to whoever uses them."""

import copy
import dataclasses
import pickle
import subprocess
import sys
from collections.abc import Mapping

import pytest

from db.model.frozen import EMPTY, record, record_by_name, replace


@record
class Point:
    x: int
    y: int = 0
    more: Mapping[str, int] = EMPTY

    @property
    def size(self):
        return self.x + self.y


@record_by_name
class Named(Point):
    name: str
    tag: str | None = None


def test_fields_are_given_by_place_or_name_and_have_defaults():
    assert (Point(1).x, Point(1).y, Point(1, y=2).size) == (1, 0, 3)
    assert Named(1, 2, name="a").tag is None


def test_a_missing_or_unknown_field_is_refused():
    for kind, places, names in (
        (Point, (), {}),
        (Point, (1,), {"z": 2}),
        (Point, (1, 2, EMPTY, 4), {}),
        (Named, (1, 2), {}),
        (Named, (1, 2, EMPTY, "a"), {}),
    ):
        with pytest.raises(TypeError):
            kind(*places, **names)


def test_nothing_can_be_changed_or_added():
    point = Point(1)
    for name in ("x", "z"):
        with pytest.raises(AttributeError):
            setattr(point, name, 2)
    with pytest.raises(AttributeError):
        del point.x
    assert not hasattr(point, "__dict__")


def test_equal_records_are_of_one_class_and_hash_alike():
    assert Point(1, 2) == Point(1, 2)
    assert Point(1, 2) != Point(1, 3)
    assert Point(1, 2) != Named(1, 2, name="a")
    assert Point(1) != 1
    assert hash(Named(1, 2, None, name="a")) == hash(Named(1, 2, None, name="a"))


def test_they_say_what_they_hold():
    assert repr(Named(1, 2, None, name="a")) == "Named(x=1, y=2, more=None, name='a', tag=None)"


def test_they_are_replaced_copied_and_pickled():
    named = Named(1, 2, None, name="a")
    assert replace(named, name="b") == Named(1, 2, None, name="b")
    assert dataclasses.replace(named, name="b") == Named(1, 2, None, name="b")
    assert copy.copy(named) == named
    assert pickle.loads(pickle.dumps(named)) == named  # noqa: S301 - our own


def test_dataclasses_knows_their_fields():
    assert [f.name for f in dataclasses.fields(Named)] == ["x", "y", "more", "name", "tag"]
    assert dataclasses.is_dataclass(Point)
    assert dataclasses.asdict(Named(1, 2, None, name="a"))["name"] == "a"


def test_they_match_by_place():
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_making_them_imports_no_dataclasses():
    code = (
        "import sys, db.model.records; db.model.records.Source(key='a');"
        "print('dataclasses' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
