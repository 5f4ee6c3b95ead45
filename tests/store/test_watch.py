"""Whoever watches is told shares of what was counted; nobody else costs anything."""

from db.engine.connect import connect
from db.model.progress import Stage, watched
from db.read.reader import Reader


def test_reading_everything_is_told_as_a_share_of_all_updates(demo):
    told = []
    connection = connect(demo, busy_ms=1000)
    try:
        reader = Reader(connection)
        total = reader.log(limit=0)[0]
        with watched(lambda *what: told.append(what)):
            assert len(list(reader.everything())) == total
        before = len(told)
        assert len(list(reader.everything())) == total
    finally:
        connection.close()
    assert told[0] == (Stage.READ, 0, total)
    assert told[-1] == (Stage.READ, total, total)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert len(told) == before
