"""Which files are stores, and which revision of the schema this program reads."""

from pathlib import Path

__all__ = ["APPLICATION_ID", "FOLDED_SINCE", "HEAD", "REVISIONS"]

APPLICATION_ID = 0x54524B31  # "TRK1", in SQLite's header: tells a store from any other database
_VERSIONS = Path(__file__).with_name("migrations") / "versions"
# Every revision that a migration here leads from or to, oldest first.
REVISIONS = tuple(sorted(path.name[:4] for path in _VERSIONS.glob("[0-9]*.py")))
HEAD = REVISIONS[-1]
# The first revision that holds all that a fold writes today; older stores are refolded.
FOLDED_SINCE = "0006"
