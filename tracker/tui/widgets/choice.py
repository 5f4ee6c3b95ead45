"""Something that can be chosen from a list."""

from dataclasses import dataclass

from db.schema.search_columns import name_key

__all__ = ["Choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: what it answers, how it is called, what stands beside it.

    `also` are other words under which it is found.
    """

    answer: str
    label: str
    beside: str = ""
    also: str = ""
    chosen: bool = False

    def fits(self, typed: str) -> bool:
        """Whether every word that was typed is in its names."""
        names = name_key(f"{self.label} {self.also}")
        return all(name_key(word) in names for word in typed.split())
