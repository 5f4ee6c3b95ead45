"""SQLite: opening files, snapshots, whole files on the disk, indexes that wait."""
