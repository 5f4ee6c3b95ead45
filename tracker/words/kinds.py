"""What people call the steps, in both languages, to be read from arguments and files."""

from db.records import Kind

__all__ = ["KIND_NAMES", "read_kind"]

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
