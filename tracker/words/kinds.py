"""What people call the steps, in both languages, to be read from arguments and files."""

from db.model.records import Kind

__all__ = ["KIND_NAMES", "nearest_kind", "read_kind"]

KIND_NAMES: dict[str, Kind] = {
    **{kind.value: kind for kind in Kind},
    "공모선정": Kind.SELECTION,
    "공모": Kind.SELECTION,
    "선정": Kind.SELECTION,
    "예비타당성조사": Kind.FEASIBILITY,
    "예타": Kind.FEASIBILITY,
    "예비타당성": Kind.FEASIBILITY,
    "타당성조사": Kind.FEASIBILITY,
    "설계": Kind.DESIGN,
    "착공": Kind.GROUNDBREAKING,
    "기공": Kind.GROUNDBREAKING,
    "준공": Kind.COMPLETION,
    "완공": Kind.COMPLETION,
    "개소": Kind.OPENING,
    "개관": Kind.OPENING,
    "개원": Kind.OPENING,
    "개장": Kind.OPENING,
    "개교": Kind.OPENING,
    "운영": Kind.OPERATION,
    "가동": Kind.OPERATION,
    "지정": Kind.DESIGNATION,
    "인증": Kind.ACCREDITATION,
    "행사": Kind.EVENT,
    "기타": Kind.OTHER,
}


def read_kind(text: str) -> Kind | None:
    """The kind that is meant, or None."""
    return KIND_NAMES.get("".join(text.split()).lower())


_MEANT = {  # what people write that is not taken for a kind, but may mean one
    **KIND_NAMES,
    "오픈식": Kind.OPENING,
    "오픈": Kind.OPENING,
    "개통": Kind.OPENING,
    "시운전": Kind.OPERATION,
    "시범운영": Kind.OPERATION,
    "사용승인": Kind.COMPLETION,
    "첫삽": Kind.GROUNDBREAKING,
    "start": Kind.GROUNDBREAKING,
    "finish": Kind.COMPLETION,
    "launch": Kind.OPENING,
    "ceremony": Kind.EVENT,
}


def nearest_kind(text: str) -> Kind | None:
    """The kind that may have been meant by what is none."""
    from db.model.similar_names import nearest  # noqa: PLC0415 - most kinds are typed right

    typed = "".join(text.split()).lower()
    within = [name for name in _MEANT if len(name) > 1 and name in typed]  # 준공식, grand opening
    near = nearest(text, {name: name for name in _MEANT}, 1) or sorted(within, key=len)[-1:]
    return _MEANT[near[0]] if near else None
