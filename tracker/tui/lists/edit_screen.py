"""A milestone screen from which facilities and milestones are added and edited."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from db.model.records import Facility, Milestone, Type
from tracker.tui.lists.milestone_screen import MilestoneScreen
from tracker.tui.widgets.choice import Choice

__all__ = ["EditScreen"]


class EditScreen(MilestoneScreen):
    """Adds anywhere; edits the facility that is chosen, and the milestone if one is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a,insert", "add", "key.add", id="sheet.add"),
        Binding("e,f10", "edit", "key.edit", id="sheet.edit"),
    ]
    WRITES = MilestoneScreen.WRITES | {"add", "edit"}

    def subject(self) -> tuple[Facility, Milestone | None] | None:
        """The facility that is chosen, and its milestone; None where none is; may raise."""
        if self.session.chosen is None:
            return None
        slug, _ = self.session.chosen
        page = self.session.facility(slug)
        row = self.row
        here = row.milestone if row and row.milestone.facility == slug else None
        return (page.summary.facility, here) if page else None

    def refusal(self, action: str) -> str | None:
        """As for every such screen; something must be chosen, or about to be, to be edited."""
        if action == "edit" and self.session.chosen is None and self.row is None:
            return "ui.no_row"
        return super().refusal(action)

    def action_add(self) -> None:
        """Ask what to add."""
        if self.allowed("add"):
            self.attempt(self._offer)

    def _offer(self) -> None:
        from tracker.tui.forms.add_forms import Adding
        from tracker.tui.forms.chooser import Chooser

        words, subject = self.words, self.subject()
        choices = [Choice(t.value, words.of("ui.add", t.value)) for t in Type]
        if subject is not None:
            name = subject[0].name
            choices.insert(0, Choice("milestone", words("ui.add.milestone", name=name)))

        def chosen(answer: str | None) -> None:
            if answer == "milestone" and subject is not None:
                self.app.push_screen(Adding(self.session).milestone(subject[0]))
            elif answer is not None:
                self.app.push_screen(Adding(self.session).facility(Type(answer)))

        self.app.push_screen(Chooser(words("ui.add_which"), choices, words), chosen)

    def action_edit(self) -> None:
        """Show what is known of the chosen facility, to be changed."""
        if self.allowed("edit"):
            self.attempt(self._edit)

    def _edit(self) -> None:
        from tracker.tui.forms.add_forms import Adding

        subject = self.subject()
        if subject is not None:
            self.app.push_screen(Adding(self.session).edit(*subject))
