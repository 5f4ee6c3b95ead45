"""The store: periods, status updates, their fold, and SQLite under it.

This package remembers; it does not judge, word or draw. It knows nothing of the
program above it.
"""
