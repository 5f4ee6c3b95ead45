"""A page of a search is a part of the whole list, however many facilities fit."""

import pytest
from making import BUSY_MS, NOW, TODAY, batch, new_store, plan, said

from db.engine.connect import connect
from db.model.records import ActKind
from db.read.lists import ordering
from db.read.reader import Filter


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """The numbers of a list in a store of 60 centres and 40 halls."""
    path = tmp_path_factory.mktemp("search") / "t.db"
    names = [(f"f{n}", f"{n}호 {'센터' if n % 5 < 3 else '회관'}") for n in range(100)]
    with new_store(path) as store:
        store.record(
            batch(
                *(said("set", "2024-01-01", None, slug, value={"name": n}) for slug, n in names),
                *(plan("2030", "2024-01-01", facility=slug) for slug, _ in names),
            ),
            by=None,
            now=NOW,
            today=TODAY,
            kind=ActKind.IMPORT,
        )
    connection = connect(path, busy_ms=BUSY_MS)

    def ask(text, **window):
        return list(ordering.ids(connection, TODAY, 30, Filter(search=text), **window))

    yield ask
    connection.close()


@pytest.mark.parametrize("few", [0, 2000])
@pytest.mark.parametrize(("offset", "limit"), [(0, 10), (10, 10), (55, 10), (70, 5), (0, 0)])
def test_a_page_of_a_search_is_a_part_of_the_whole(asked, monkeypatch, few, offset, limit):
    whole = asked("센터")
    assert len(whole) == 60
    monkeypatch.setattr(ordering, "_FEW", few)
    assert asked("센터", offset=offset, limit=limit) == whole[offset : offset + limit]


def test_a_name_of_one_is_found(asked):
    assert len(asked("37호", limit=10)) == 1
