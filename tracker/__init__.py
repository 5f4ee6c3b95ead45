"""Timelines and milestones of public facilities, in the terminal.

Nothing is imported here, so that a command pays only for what it uses.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
