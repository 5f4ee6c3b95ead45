"""Everything the program says, in Korean and in English.

The two catalogues stand beside each other as equals, keyed by sense, since neither
is a translation of the other; a test holds their keys together.
"""

import errno
import os
import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from db.model.errors import RefusedError, TrackerError
from db.model.period import Period
from db.model.records import Basis, Kind, State, Type, Update, UpdateKind
from db.model.text import MOST_ECHOED, shorten

if TYPE_CHECKING:
    from typing import TypeGuard

    from tracker.words.keys import Family, Key

__all__ = ["GLYPHS", "LANGUAGES", "Words", "choose_language"]

LANGUAGES = ("ko", "en")
_SYSTEM = (
    "ENOENT",
    "EACCES",
    "EPERM",
    "EISDIR",
    "ENOTDIR",
    "ENOSPC",
    "EROFS",
    "EIO",
    "EBADF",
    "EPIPE",
    "ENAMETOOLONG",
)
_LISTS = frozenset(
    {"allowed", "known", "listed", "first", "why"}
)  # fields of what would be right, or of why
_MOST_OF_A_LIST = 2000  # characters of such a field
_REASONS = {  # sentences of the system and of the readers of files, and their keys
    **{os.strerror(getattr(errno, name)): name for name in _SYSTEM},
    "database or disk is full": "ENOSPC",
    "attempt to write a readonly database": "EROFS",
    "disk I/O error": "EIO",
    "unable to open database file": "CANTOPEN",
    "no XLSX file": "no-xlsx",
    "it declares XML entities": "entities",
    "neither UTF-8, UTF-16 nor CP949": "encoding",
    "it is damaged": "damaged",
    "it is an old Excel workbook (.xls): open it and save it as .xlsx": "is-xls",
    "it is an Excel workbook with a password: save it as .xlsx without one": "is-locked",
    "it is a binary Excel workbook (.xlsb): open it and save it as .xlsx": "is-xlsb",
    "it is an Excel workbook of 2003 in XML: open it and save it as .xlsx": "is-xml",
    "it is an OpenDocument spreadsheet (.ods): open it and save it as .xlsx": "is-ods",
    "it is a Numbers document: export it as .xlsx": "is-numbers",
    "it is a Hangul document: copy its table into a spreadsheet and save that as .xlsx": "is-hwp",
    "it is a Word document: copy its table into a spreadsheet and save that as .xlsx": "is-word",
    "it is a presentation: copy its table into a spreadsheet and save that as .xlsx": "is-slides",
    "it is a PDF: copy its table into a spreadsheet and save that as .xlsx": "is-pdf",
    "it is a picture: type its table into a spreadsheet and save that as .xlsx": "is-picture",
    "it is a web page: open it in a spreadsheet program and save it as .xlsx": "is-web",
    "it is plain text, no workbook: rename it to .csv": "is-text",
    "it is an .xlsx workbook under another name: rename it to .xlsx": "is-renamed",
    "old or encrypted Excel: save it as .xlsx without a password": "old-excel",
    "encrypted: save it without a password": "encrypted",
}

GLYPHS: Mapping[State, str] = {
    State.OVERDUE: "●",
    State.DUE_SOON: "◐",
    State.IN_WINDOW: "○",
    State.UNDATED: "?",
    State.UPCOMING: "·",
    State.ON_HOLD: "‖",
    State.PASSED: "→",
    State.COMPLETED: "✓",
    State.CANCELLED: "✗",
}


def choose_language(asked: str | None, configured: str | None = None) -> str:
    """The language to speak: as asked, as configured, else as the locale says.

    Raises:
        RefusedError: A language was asked for that there is no catalogue of.
    """
    for wish in (asked, configured):
        if wish:
            if wish not in LANGUAGES:
                raise RefusedError(
                    f"there is no language “{wish}”: ko or en", code="no-language", lang=wish
                )
            return wish
    named = next((v for n in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(n))), "")
    if not named:
        import locale  # noqa: PLC0415 - where the environment says nothing

        named = locale.getlocale()[0] or ""
    return "ko" if named.lower().startswith("ko") else "en"


_PARTICLE = re.compile(
    r"(?<=\S)(?:을\(를\)|은\(는\)|이\(가\)|과\(와\)|\(으\)로|이나\(나\)|이라\(라\))"
)
_BEFORE = 200  # characters before a particle, in which the end of the word is


def _choose(match: re.Match[str]) -> str:
    """Pick the particle that the last sound of the word before it asks for."""
    from tracker.words.particles import particle  # noqa: PLC0415 - few sentences have one

    both = {
        "을(를)": "을/를",
        "은(는)": "은/는",
        "이(가)": "이/가",
        "(으)로": "으로/로",
        "이라(라)": "이라/라",
        "이나(나)": "이나/나",
        "과(와)": "과/와",
    }[match[0]]
    return particle(match.string[max(0, match.start() - _BEFORE) : match.start()], both)


_COUNTED = re.compile(r"\{(\w+):,\}|\(([a-z ]*)\|([a-z ]*)\)")


def _in_number(sentence: str, fields: Mapping[str, object]) -> str:
    """Choose the words for one or for many, as in `{count:,} cell(|s) (was|were) read`.

    The count before them decides. This is done before the fields are filled in, so that nothing
    in a name or a text is taken for such a choice.
    """
    count: object = None

    def chosen(match: re.Match[str]) -> str:
        nonlocal count
        if match[1] is None:
            return match[2] if count == 1 else match[3]
        count = fields[match[1]]
        return match[0]

    return _COUNTED.sub(chosen, sentence)


class Words:
    """One language; `words("key", field=…)` gives a sentence."""

    def __init__(self, lang: str) -> None:
        """Speak `lang`, one of `LANGUAGES`."""
        self.lang = lang
        if lang == "ko":
            from tracker.words.ko import CATALOGUE  # noqa: PLC0415 - only the one that is spoken
        else:
            from tracker.words.en import CATALOGUE  # noqa: PLC0415
        self._catalogue: Mapping[str, str] = CATALOGUE

    def __call__(self, key: "Key", /, **fields: object) -> str:
        """The sentence `key`, its fields filled in, its number and its particles chosen."""
        return self.lookup(key, **fields)

    def lookup(self, key: str, /, **fields: object) -> str:
        """The sentence of a key that only the running program knows, such as a binding's label.

        Raises:
            KeyError: There is no such sentence.
        """
        if not fields:
            return self._catalogue[key]
        sentence = self._catalogue[key]
        if "|" in sentence:
            sentence = _in_number(sentence, fields)
        sentence = sentence.format(**fields)
        return _PARTICLE.sub(_choose, sentence) if self.lang == "ko" else sentence

    def has(self, key: str) -> "TypeGuard[Key]":
        """Whether there is such a sentence."""
        return key in self._catalogue

    def of(self, family: "Family", name: str | int, /, **fields: object) -> str:
        """The word for one of several: `of("rag", "red")`, `of("weekday", 0)`.

        Raises:
            KeyError: The family has no such word.
        """
        return self.lookup(f"{family}.{name}", **fields)

    def kind(self, kind: Kind) -> str:
        """What sort of step: 착공, opening."""
        return self.of("kind", kind.value)

    def milestone(self, kind: Kind, title: str | None) -> str:
        """What a milestone is called: its title, else its kind."""
        return title or self.kind(kind)

    def brief_milestone(self, kind: Kind, title: str | None) -> str:
        """What a milestone is called where there is little room; a title stays as it is."""
        return title or self.of("kind.short", kind.value)

    def type(self, type_: Type) -> str:
        """Facility or programme."""
        return self.of("type", type_.value)

    def update(self, kind: UpdateKind) -> str:
        """What sort of statement: 계획, actual."""
        return self.of("update", kind.value)

    def state(self, state: State, detail: str | None = None) -> str:
        """The word for a state; for an overdue one, whether it was confirmed."""
        if state is State.OVERDUE and detail is not None:
            return self.of("detail", detail)
        return self.of("state", state.value)

    def period(self, period: Period | None) -> str:
        """A period as people say it; undated where there is none."""
        if period is None:
            return self("undated")
        from tracker.words.periods import period_text  # noqa: PLC0415 - most sentences have none

        return period_text(period, self.lang)

    def briefer(self, period: Period | None) -> list[str]:
        """The same period in figures, ever shorter; perhaps nothing."""
        if period is None:
            return []
        from tracker.words.periods import figures_text  # noqa: PLC0415

        return figures_text(period, self.lang)

    def window(self, period: Period, today: date) -> str:
        """The days a period stands for, in short."""
        from tracker.words.periods import window_text  # noqa: PLC0415

        return window_text(period, today)

    def day(self, day: date | None) -> str:
        """A day in figures."""
        return day.isoformat() if day else "–"

    def reported(self, update: Update) -> str:
        """The day of a report; only its month where the day is not known."""
        day = update.reported_on.isoformat()
        return day if update.reported_basis is Basis.EXACT else day[:7]

    def d_day(self, to_deadline: int | None) -> str:
        """D-30, D-DAY or D+12; empty where nothing is counted to."""
        if to_deadline is None:
            return ""
        return "D-DAY" if to_deadline == 0 else f"D{to_deadline:+d}"

    def money(self, won: int | None) -> str:
        """An amount of won as it is read."""
        if won is None:
            return "–"
        from tracker.words.money import money_text  # noqa: PLC0415

        return money_text(won, self.lang)

    def days(self, number: int | None) -> str:
        """A signed number of days."""
        return "" if number is None else self("days.signed", days=number)

    def error(self, error: TrackerError) -> str:
        """The one line that a failure says, in this language where it is known in it."""
        key = f"error.{error.code}"
        if "near" in error.fields and self.has(f"{key}-near"):
            key += "-near"
        if not error.code or not self.has(key):
            return shorten(str(error), _MOST_OF_A_LIST)
        from tracker.words.codes import in_words  # noqa: PLC0415 - nothing is wrong mostly

        fields = {
            name: self._field(name, in_words(error.code, name, value, self))
            for name, value in error.fields.items()
        }
        return self(key, **fields)

    def _field(self, name: str, value: object) -> object:
        """What a failure names, as it is said: periods in words, long texts shortened."""
        if name == "readings":
            return " / ".join(map(self.period, value))  # type: ignore[call-overload]
        if isinstance(value, TrackerError):
            return self.error(value)
        if name == "why" and value in _REASONS:
            return self.reason(str(value))
        if isinstance(value, str):
            return shorten(value, _MOST_OF_A_LIST if name in _LISTS else MOST_ECHOED)
        return value

    def reason(self, why: str) -> str:
        """Why the system or a reader of files refused something, in this language if known."""
        return self.of("why", _REASONS[why]) if why in _REASONS else why
