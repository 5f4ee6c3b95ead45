"""The store's revisions, run from code by `db.upkeep.migrate`."""
