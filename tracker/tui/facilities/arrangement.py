"""How the list of facilities is arranged: columns, order, groups, filter; kept by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from db.model.errors import RefusedError
from db.model.records import Type
from db.read.lists.facility_list import FacilityFilter, Order, Ordering
from tracker.app.config import read_toml
from tracker.tui.session.toml_file import write_toml

__all__ = ["GROUPS", "Arrangement", "load_views", "save_views"]

GROUPS = (Order.CITY, Order.CLUSTER, Order.PROGRAMME, Order.PHASE)
_FILTERS = ("type", "city", "cluster", "programme", "owner", "search")
_MOST = 1000  # characters of a text in the file


@dataclass(frozen=True, slots=True)
class Arrangement:
    """One way to look at the list; without `columns`, as many as fit."""

    columns: tuple[str, ...] = ()
    by: Order = Order.D_DAY
    falling: bool = False
    group: Order | None = None
    filters: FacilityFilter = field(default_factory=FacilityFilter)

    @property
    def ordering(self) -> Ordering:
        """How it puts facilities in order."""
        return Ordering(self.by, self.falling, self.group)

    def ordered(self, by: Order) -> "Arrangement":
        """Ordered by a column; by the same once more, the other way round."""
        return replace(self, by=by, falling=not self.falling if by is self.by else by in _FALLING)


_FALLING = {Order.RAG, Order.SLIP, Order.COST, Order.CONFIDENCE, Order.UPDATED, Order.FLOOR_AREA}
"""What one wants to see the most of first."""


def load_views(path: Path) -> dict[str, Arrangement]:
    """The arrangements that were kept; none where there is no file.

    Raises:
        RefusedError: The file cannot be read, or is not what this program writes.
    """
    try:
        given = read_toml(path)
        return {name: _arrangement(table) for name, table in given.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        why = str(error).partition("\n")[0]
        raise RefusedError(f"{path}: {why}", code="bad-config", path=str(path), why=why) from None


def _arrangement(table: Mapping[str, Any]) -> Arrangement:
    unknown = table.keys() - {f.name for f in fields(Arrangement)} - set(_FILTERS)
    if unknown:
        raise ValueError(f"“{min(unknown)}”")
    filters = {name: str(table[name])[:_MOST] for name in _FILTERS if name in table}
    type_ = filters.pop("type", None)
    return Arrangement(
        columns=tuple(str(name) for name in table.get("columns", ())),
        by=Order(table.get("by", Order.D_DAY)),
        falling=bool(table.get("falling", False)),
        group=Order(table["group"]) if "group" in table else None,
        filters=FacilityFilter(type=Type(type_) if type_ else None, **filters),
    )


def save_views(path: Path, views: Mapping[str, Arrangement]) -> None:
    """Keep these arrangements, and no others.

    Raises:
        RefusedError: The file cannot be written.
    """
    write_toml(path, {name: _table(view) for name, view in views.items()})


def _table(view: Arrangement) -> dict[str, Any]:
    return {
        "columns": list(view.columns) or None,
        "by": view.by.value,
        "falling": view.falling,
        "group": view.group.value if view.group else None,
        **{name: getattr(view.filters, name) for name in _FILTERS},
    }
