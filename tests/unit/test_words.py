import re
import string

import click
import pytest
from making import said

from db.model import values
from db.model.errors import RefusedError
from db.model.records import Basis, Kind, State, Type, UpdateKind
from db.model.states import Rag
from tracker.cli.main import tracker
from tracker.domain.schedule import Detail, SlipClass
from tracker.words import GLYPHS, Words, choose_language
from tracker.words.codes import EXPECTED
from tracker.words.en import CATALOGUE as EN
from tracker.words.kinds import KIND_NAMES, read_kind
from tracker.words.ko import CATALOGUE as KO

BOTH = [Words("ko"), Words("en")]


def fields(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_both_languages_say_the_same_things():
    assert KO.keys() == EN.keys()


@pytest.mark.parametrize("key", sorted(KO))
def test_both_languages_take_the_same_fields(key):
    assert fields(KO[key]) == fields(EN[key])


@pytest.mark.parametrize("key", sorted(k for k in KO if k.startswith("error.")))
def test_every_failure_can_be_said_whatever_its_fields_are_called(key):
    given = dict.fromkeys(fields(KO[key]), 7)
    given |= {"readings": ()} if "readings" in given else {}
    for words in BOTH:
        line = words.error(RefusedError("in Python's words", code=key[6:], **given))
        assert line
        assert "in Python's words" not in line
        assert "{" not in line


def test_nothing_is_empty():
    assert not [key for key in KO if not KO[key].strip() or not EN[key].strip()]


@pytest.mark.parametrize("words", BOTH, ids=["ko", "en"])
def test_every_value_has_a_word(words):
    for state in State:
        assert words.state(state)
        assert GLYPHS[state]
    for detail in Detail:
        assert words(f"detail.{detail}")
    for kind in Kind:
        assert words.kind(kind)
        assert words(f"kind.short.{kind}")
    for update in UpdateKind:
        assert words.update(update)
    for slip in SlipClass:
        assert words(f"slip.{slip}")
    for rag in Rag:
        assert words(f"rag.{rag}")
    for type_ in Type:
        assert words.type(type_)


def test_kinds_are_read_as_they_are_written():
    for words in BOTH:
        for kind in Kind:
            assert read_kind(words.kind(kind)) is kind or words.lang == "en"
    assert {read_kind(name) for name in KIND_NAMES} == set(Kind)
    assert read_kind("공모 선정") is Kind.SELECTION
    assert read_kind("nothing") is None


@pytest.mark.parametrize(
    ("days", "text"), [(-30, "D-30"), (0, "D-DAY"), (12, "D+12"), (None, ""), (1, "D+1")]
)
def test_d_day(days, text):
    assert Words("ko").d_day(days) == text


@pytest.mark.parametrize(
    ("key", "given", "text"),
    [
        ("error.busy", {"path": "시설.db"}, "시설.db를"),
        ("error.busy", {"path": "가람"}, "가람을"),
        ("error.no-option", {"name": "--db", "command": "list"}, "“--db”라는"),
        ("error.bad-number", {"text": "열"}, "“열”은"),
        ("error.bad-number", {"text": "하나"}, "“하나”는"),
        ("done.baseline", {"period": "2026년 6월"}, "2026년 6월로"),
        ("done.baseline", {"period": "2025년 봄"}, "2025년 봄으로"),
    ],
)
def test_particles_follow_the_sound_before_them(key, given, text):
    assert text in Words("ko")(key, **given)


def test_a_day_that_is_not_known_is_shown_as_its_month():
    from making import as_update

    exact = as_update(said("note", "2018-02-01", value="x"), 1)
    soft = as_update(said("note", "2018-02-01", value="x", reported_basis=Basis.APPROXIMATE), 1)
    assert Words("ko").reported(exact) == "2018-02-01"
    assert Words("ko").reported(soft) == "2018-02"


def test_the_language_is_as_asked_as_set_or_as_the_locale(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert choose_language("ko") == "ko"
    assert choose_language(None, "ko") == "ko"
    assert choose_language("en", "ko") == "en"
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert choose_language(None) == "ko"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert choose_language(None) == "en"
    with pytest.raises(RefusedError):
        choose_language("fr")


@pytest.mark.timeout(30)
@pytest.mark.parametrize("name", ["가" * 300_000, "(" * 300_000, "을(를" * 100_000])
def test_a_sentence_about_a_long_name_is_made_at_once(name):
    """Looking for the word before a particle from every sign on would take minutes."""
    assert Words("ko")("error.busy", path=name).startswith(name)


PARTICLES = "이|가|은|는|을|를|과|와|로|으로|이나|나|이라|라|이라는|라는"


@pytest.mark.parametrize("key", sorted(KO))
def test_no_particle_is_put_behind_a_field_without_looking_at_its_sound(key):
    """`{name}이(가)` is chosen by the last sound; `{name}가` is right for half of all names."""
    bare = re.search(rf"\}}[”’\"'」』]*(?:{PARTICLES})(?![가-힣(])", KO[key])
    assert bare is None, KO[key]


CODES = {
    *(k.value for k in (*Kind, *UpdateKind, *Basis, *State, *Detail, *Rag, *SlipClass)),
    *("planned", "cost_krw", "floor_area_m2", "name_en", "undated", "None", "programme"),
}
GIVEN = {"known": ", ".join(k.value for k in Kind), "what": "a whole number of won", "readings": ()}


@pytest.mark.parametrize("key", sorted(k for k in KO if k.startswith("error.")))
@pytest.mark.parametrize("kind", [Kind.SELECTION, UpdateKind.PLAN, UpdateKind.HOLD, None])
def test_no_code_of_the_store_stands_in_a_korean_sentence(key, kind):
    code = key.removeprefix("error.")
    taken = fields(KO[key])
    given = dict.fromkeys(taken, 7) | dict.fromkeys(taken & {"kind", "milestone"}, kind)
    for name in taken & GIVEN.keys():
        given[name] = GIVEN[name]
    if "allowed" in given:
        given |= {"key": "cost_krw", "allowed": "cost_krw, name_en, floor_area_m2"}
    if code == "other-kind":
        given["path"] = "hall/selection"
    said = Words("ko").error(RefusedError("", code=code, **given))
    for command in re.findall(r"tracker [a-z]+(?: [a-z]+)?|--[a-z-]+", said):
        said = said.replace(command, "")
    assert not set(re.findall(r"[A-Za-z_]+[A-Za-z0-9_]*", said)) & CODES or code.startswith(
        "facts-"
    )


def test_what_an_attribute_takes_has_words():
    expected = {what for what, _ in values.EXPECTED.values()} | {"a text"}
    assert expected == EXPECTED.keys()


def test_every_argument_has_a_word():
    def arguments(command, context):
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                yield from arguments(command.get_command(context, name), context)
        yield from (p for p in command.params if isinstance(p, click.Argument))

    for argument in arguments(tracker, tracker.make_context("tracker", [], obj={})):
        name = argument.human_readable_name.strip("[]").lower()
        assert "|" in name or f"arg.{name}" in KO


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 cells could not be read and were left out; they are listed in (a|b).csv"),
        (1, "1 cell could not be read and was left out; it is listed in (a|b).csv"),
        (2, "2 cells could not be read and were left out; they are listed in (a|b).csv"),
    ],
)
def test_english_says_one_and_many_and_leaves_what_it_names_alone(count, said):
    assert Words("en")("import.left_out", count=count, path="(a|b).csv") == said


def test_each_count_of_a_sentence_decides_what_follows_it():
    brief = Words("en")("import.brief", facilities=1, milestones=2, new=1)
    assert brief == "1 new facility or programme · 2 new milestones · 1 new update"


def test_one_proposal_is_not_several():
    assert Words("en")("article.took_sure", count=1) == "1 certain one taken: s records it"
    assert Words("en")("article.took_sure", count=2) == "2 certain ones taken: s records them"


@pytest.mark.parametrize("key", sorted(k for k in EN if re.search(r"\([a-z ]*\|", EN[k])))
def test_no_sentence_shows_a_choice_of_number(key):
    for count in (1, 2):
        assert "|" not in Words("en")(key, **dict.fromkeys(fields(EN[key]), count))
