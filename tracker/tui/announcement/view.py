"""An announcement beside its proposals: each is taken, put right or left with one key."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll

from tracker.acts.announcement_acts import (
    Announcement,
    beside_known,
    recording,
    refusing_recorded,
    rejudged,
    sure_ones,
)
from tracker.announcements import Status
from tracker.announcements.matching import Match
from tracker.tui.announcement.article_forms import edit_form
from tracker.tui.announcement.article_text import ArticleText
from tracker.tui.announcement.proposal_list import Choice, ProposalItem, ProposalList, ProposalPane
from tracker.tui.base.base_screen import BaseScreen
from tracker.tui.session.store_session import StoreSession
from tracker.tui.session.store_writer import Done
from tracker.tui.session.undo_offer import UndoOffer
from tracker.tui.widgets.columns import Headings

__all__ = ["ArticleScreen"]

_OF_TODAY = {"as_of", "week(-1)", "week(1)"}


class ArticleScreen(BaseScreen):
    """Nothing is written before the end; then all that was taken is one act.

    Undo takes back what was decided here, one after the other.
    """

    CSS_PATH = "article.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t,space,f2", "take", "key.take", id="article.take"),
        Binding("x,delete", "leave", "key.leave_out", id="article.leave"),
        Binding("e,f10", "edit", "key.put_right", id="article.edit"),
        Binding("a,ctrl+a", "take_sure", "key.take_sure", id="article.sure"),
        Binding("s,f3", "finish", "key.finish_article", id="article.finish"),
        Binding("shift+down", "scroll(1)", "key.article_down", id="article.down", show=False),
        Binding("shift+up", "scroll(-1)", "key.article_up", id="article.up", show=False),
        Binding("escape,left,q", "back", "key.back", id="page.back"),
    ]
    WRITES = BaseScreen.WRITES | {"take", "leave", "edit", "take_sure", "finish"}

    def __init__(self, session: StoreSession, announcement: Announcement) -> None:
        """Show what an article proposes to the store of `session`."""
        super().__init__(session)
        self._article = announcement
        self._offers = [ProposalItem(n, m) for n, m in enumerate(announcement.matches, 1)]
        self._before: list[list[ProposalItem]] = []
        self._names: dict[str, str] = {}
        self._asked = self._saving = False
        self._text = ArticleText(announcement.document.text, id="article")
        self._list = ProposalList(self.words, id="list")
        self._pane = ProposalPane(self.words, announcement.day, id="offer")

    def compose(self) -> ComposeResult:
        """Lay out the article at the left; the proposals and the chosen one at the right."""
        yield self.banner
        with Horizontal(id="reading"):
            yield self._text
            with Vertical(id="offers"):
                yield Headings(id="headings")
                yield self._list
                with VerticalScroll(id="why", can_focus=False):
                    yield self._pane
        yield from self.compose_footer()

    def on_mount(self) -> None:
        """Show the proposals, the cursor on the first."""
        self._list.focus()
        self.reload()

    # -- showing ---------------------------------------------------------------------------------

    @property
    def offer(self) -> ProposalItem | None:
        """The chosen proposal."""
        return self._list.row

    @property
    def _taken(self) -> list[Match]:
        return [o.match for o in self._offers if o.choice is Choice.TAKEN]

    def load_data(self) -> None:
        """Judge the proposals by what the store says now."""
        workspace, day = self.session.workspace_today, self._article.day
        plain = [o.match.proposal for o in self._offers if not o.edited]
        judged = iter(beside_known(workspace, plain, day))
        self._offers = [
            replace(o, match=rejudged(workspace, o.match.proposal, o.match.facility, day))
            if o.edited
            else replace(o, match=next(judged))
            for o in self._offers
        ]
        slugs = {o.match.facility for o in self._offers if o.match.facility}
        self._names = (
            {f.slug: f.name for f in self.session.ask(lambda r: r.facilities()) if f.slug in slugs}
            if slugs
            else {}
        )
        self._show(self._list.cursor)

    def _show(self, cursor: int) -> None:
        count = Counter(o.choice for o in self._offers)
        left = self.words(
            "article.head",
            day=self._article.day,
            total=len(self._offers),
            taken=count[Choice.TAKEN],
            left=count[Choice.LEFT],
        )
        self.show_banner(self._article.document.title or "", left)
        self._list.show(
            len(self._offers),
            lambda offset, limit: self._offers[offset : offset + limit],
            cursor=cursor,
            empty=self.words("article.none"),
        )
        self.look_at_acts()

    def look_at_acts(self) -> None:
        """Undo is about what was decided here."""
        self._can_undo, self._can_redo = bool(self._before), False
        self.show_keys()

    def on_row_list_chosen(self) -> None:
        """Light what the chosen proposal rests on, and tell everything about it."""
        offer = self.offer
        self._text.light(
            offer.match.proposal if offer else None,
            (o.match.proposal for o in self._offers if o is not offer),
        )
        self._pane.show(offer, self._names.get(offer.match.facility or "", "") if offer else "")
        self.query_one("#why").scroll_home(animate=False)
        self.show_keys()

    def on_row_list_measured(self, message: ProposalList.Measured) -> None:
        """Put the headings over their columns."""
        self.query_one(Headings).show(message.columns)

    def on_row_list_opened(self) -> None:
        """Put the clicked proposal right."""
        self.action_edit()

    def action_scroll(self, step: int) -> None:
        """Scroll the article by half of what is seen of it."""
        by = step * max(1, self._text.size.height // 2)
        self._text.scroll_relative(y=by, animate=False)

    # -- deciding --------------------------------------------------------------------------------

    def refusal(self, action: str) -> str | None:
        """As for every screen; what is decided must be there, and other days are for later."""
        if action in _OF_TODAY:
            return "article.of_today"
        if action == "open" or (action in {"take", "leave", "edit"} and self.offer is None):
            return "article.none"
        if action == "take" and self.offer is not None and _is_nowhere(self.offer.match):
            return "article.doubt_unknown"
        if action == "take_sure" and not self._sure():
            return "article.none_sure"
        if action == "finish" and not self._taken:
            return "article.nothing_taken"
        return super().refusal(action)

    def _sure(self) -> list[ProposalItem]:
        """The open proposals that need nobody's decision."""
        open_ = [o for o in self._offers if o.choice is Choice.OPEN]
        sure = sure_ones(self.session.workspace_today, [o.match for o in open_])
        return [o for o in open_ if o.match in sure]

    def _decide(self, decided: dict[int, ProposalItem], told: str = "") -> None:
        """Keep what was decided, by place, and go on to the next that is open."""
        self._before.append(list(self._offers))
        self._offers = [decided.get(o.place, o) for o in self._offers]
        self._asked = False
        cursor = self._list.cursor
        self._show(next(self._open_from(cursor), cursor))
        if not told and all(o.choice is not Choice.OPEN for o in self._offers):
            told = self.words("article.all_decided", count=len(self._taken))
        self.tell(told)

    def _open_from(self, cursor: int) -> Iterator[int]:
        count = len(self._offers)
        around = ((cursor + step) % count for step in range(count))
        return (at for at in around if self._offers[at].choice is Choice.OPEN)

    def action_take(self) -> None:
        """Take the chosen proposal."""
        self._choose("take", Choice.TAKEN)

    def action_leave(self) -> None:
        """Leave the chosen proposal out."""
        self._choose("leave", Choice.LEFT)

    def _choose(self, action: str, choice: Choice) -> None:
        offer = self.offer
        if self.allowed(action) and offer is not None:
            self._decide({offer.place: replace(offer, choice=choice)})

    def action_take_sure(self) -> None:
        """Take every open proposal that needs nobody's decision."""
        if self.allowed("take_sure"):
            sure = self._sure()
            told = self.words("article.took_sure", count=len(sure))
            self._decide({o.place: replace(o, choice=Choice.TAKEN) for o in sure}, told)

    def action_edit(self) -> None:
        """Ask what the chosen proposal means, and take it so."""
        offer = self.offer
        if not self.allowed("edit") or offer is None:
            return

        def take(match: Match) -> None:
            edited = replace(offer, match=match, choice=Choice.TAKEN, edited=True)
            self._learn(match.facility)
            self._decide({offer.place: edited})

        known = self._names.get(offer.match.facility or "", "")
        self.app.push_screen(edit_form(self.session, offer.match, known, self._article.day, take))

    def _learn(self, slug: str | None) -> None:
        if slug is not None and slug not in self._names:
            self._names[slug] = self.session.ask(lambda r: r.facility(slug)).name

    def tell(
        self, text: str, *, hint: str = "", wrong: bool = False, offer: UndoOffer | None = None
    ) -> None:
        """Say something; what was done before cannot be taken back here."""
        del hint, offer
        super().tell(text, wrong=wrong)

    def action_undo(self) -> None:
        """Take back what was decided last."""
        if self.allowed("undo"):
            self._offers = self._before.pop()
            self._show(self._list.cursor)
            self.tell(self.words("article.undone"))

    # -- the end ---------------------------------------------------------------------------------

    def action_finish(self) -> None:
        """Record everything that was taken as one act."""
        if self._saving or not self.allowed("finish"):
            return
        article, taken, session = self._article, self._taken, self.session

        def job() -> Done:
            check = refusing_recorded(session.workspace, article, taken)
            done = session.record(
                replace(recording(article, taken, session.words), checks=(check,))
            )
            told = session.words("article.recorded", day=article.day, count=len(taken))
            return Done(told, done.act)

        self._saving = True
        self.post_message(self.Write(job))

    def after_write(self) -> None:
        """Close: what was taken is in the store."""
        if self._saving:
            self._saving, self._offers = False, []
            self.dismiss()

    def after_refusal(self) -> None:
        """Stay: nothing was written."""
        self._saving = False

    def may_leave(self) -> bool:
        """Whether the page can go now; asks once where what was taken would be lost."""
        if not self._taken or self._asked:
            return True
        self._asked = True
        self.tell(self.words("article.unsaved", count=len(self._taken)), wrong=True)
        return False

    def action_back(self) -> None:
        """Go back, asking first where something was taken."""
        if self.may_leave():
            self.dismiss()


def _is_nowhere(match: Match) -> bool:
    """Whether it doubts a date of a facility that is not known, so that no note can be left."""
    return match.proposal.status is Status.DOUBTED and match.facility is None
