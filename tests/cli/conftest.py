"""Commands run in this process."""

from running import tracker  # noqa: F401 - a fixture of these tests
