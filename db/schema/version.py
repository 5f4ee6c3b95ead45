"""Which files are stores, and which revision of the schema this program reads."""

__all__ = ["APPLICATION_ID", "FOLDED_SINCE", "HEAD", "REVISIONS"]

APPLICATION_ID = 0x54524B31  # "TRK1", in SQLite's header: tells a store from any other database
# Every revision that a migration here leads from or to, oldest first.
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
HEAD = REVISIONS[-1]
# The first revision that holds all that a fold writes today; older stores are refolded.
FOLDED_SINCE = "0006"
