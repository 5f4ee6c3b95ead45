"""Every binding of the program by its id, in the screens it belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module

from textual.binding import Binding
from textual.dom import DOMNode

from tracker.tui.session.views import VIEWS

__all__ = ["Part", "ids", "parts"]

_PAGES = (
    ("page", ("facility.page:FacilityScreen", "lists.milestone_list:StepList")),
    ("article", ("announcement.view:ArticleScreen", "announcement.proposal_list:ProposalList")),
    ("import", ("imports.view:ImportScreen", "imports.import_list:FindingList")),
    ("search", ("forms.search_field:SearchBox", "forms.search_field:SearchLine")),
    ("form", ("forms.form:Form", "forms.field:FieldBox")),
    ("chooser", ("forms.chooser:Chooser", "forms.chooser:ChoiceList")),
    ("help", ("shell.help:HelpScreen",)),
    ("welcome", ("welcome.welcome:WelcomeScreen", "forms.chooser:ChoiceList")),
)
_LISTS = {
    "board": "lists.milestone_list:MilestoneList",
    "facilities": "facilities.facility_rows:FacilityRows",
    "timeline": "timeline.timeline_list:TimelineList",
    "trend": "trend.trend_list:TrendList",
    "review": "review.queue:QueueList",
    "log": "log.log_parts:UpdateRows",
}
_APP = "shell.app:TrackerApp"


@dataclass(frozen=True, slots=True)
class Part:
    """A view, a page or a dialog with the bindings that can work there.

    `keys` is in the order in which they are written down; of two bindings of one key, the
    nearer one, as the screen itself decides.
    """

    name: str
    bindings: tuple[Binding, ...]


def parts() -> list[Part]:
    """Everything that has keys, the views first."""
    found = [
        _part(view.id, [view.screen, _of(_LISTS.get(view.id, "widgets.row_list:RowList"))])
        for view in VIEWS
    ]
    return found + [_part(name, [_of(c) for c in classes]) for name, classes in _PAGES]


def ids() -> dict[str, Binding]:
    """Every binding by its id, as it is without a keymap."""
    return {b.id: b for part in parts() for b in part.bindings if b.id}


def _of(name: str) -> str:
    return f"tracker.tui.{name}"


def _part(name: str, classes: Iterable[str]) -> Part:
    found: dict[str, Binding] = {}
    for class_ in (*map(_class, classes), _class(_of(_APP))):
        for binding in _bindings(class_):
            found.setdefault(binding.id or binding.key, binding)
    return Part(name, tuple(found.values()))


def _class(name: str) -> type[DOMNode]:
    module, _, class_ = name.partition(":")
    found: type[DOMNode] = getattr(import_module(module), class_)
    return found


def _bindings(class_: type[DOMNode]) -> Iterator[Binding]:
    """The bindings of a class and of those of ours it is derived from, the nearest first."""
    taken: set[str] = set()
    for base in class_.__mro__:
        if not base.__module__.startswith("tracker."):
            continue
        own = [b for b in base.__dict__.get("BINDINGS", ()) if isinstance(b, Binding) and b.id]
        for binding in own:
            keys = [key for key in binding.key.split(",") if key not in taken]
            if keys:
                yield binding if len(keys) == binding.key.count(",") + 1 else _with(binding, keys)
        taken.update(key for binding in own for key in binding.key.split(","))


def _with(binding: Binding, keys: list[str]) -> Binding:
    return Binding(
        ",".join(keys), binding.action, binding.description, show=binding.show, id=binding.id
    )
