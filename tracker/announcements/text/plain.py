"""One sign for each thing that is written with many, without moving any character.

Everything above works on the folded text; since it is exactly as long as what was
given, every offset is an offset into the article as printed.
"""

import unicodedata

__all__ = ["LONGEST", "composed", "folded"]

LONGEST = 40_000
"""Characters of an article that are read; what stands beyond is left alone."""

_SAME = {
    **dict.fromkeys("‘’‛`´ʼ′＇「」『』〈〉《》", "'"),
    **dict.fromkeys("“”„‟〝〞＂", '"'),
    **dict.fromkeys("∼〜～〰˜", "~"),
    **dict.fromkeys("‐‑‒–—―−－", "-"),
    **dict.fromkeys("ㆍ‧・•∙⋅･․", "·"),
    **dict.fromkeys("⋯‥", "…"),
    **dict.fromkeys("（", "("),
    **dict.fromkeys("）", ")"),
    **dict.fromkeys("［【〔", "["),
    **dict.fromkeys("］】〕", "]"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("．。｡", "."),
    **dict.fromkeys("！", "!"),
    **dict.fromkeys("？", "?"),
    **dict.fromkeys("：", ":"),
    **dict.fromkeys("％", "%"),
    **dict.fromkeys("\t\x1f\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000", " "),
    **dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
    **{chr(0xFF10 + n): str(n) for n in range(10)},
}
_TABLE = str.maketrans({**_SAME, "\r": " "})


def folded(text: str) -> str:
    """The text with plain quotes, dashes, dots, digits and blanks; never longer or shorter."""
    return text.translate(_TABLE)


def composed(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in NFC, and where each of its characters stood, where they moved.

    Hangul that was typed on some systems arrives as loose letters (NFD).
    """
    if unicodedata.is_normalized("NFC", text):
        return text, None
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and _joins(text[at]):
            continue
        piece = unicodedata.normalize("NFC", text[start:at])
        pieces.append(piece)
        places += [start] * len(piece)
        start = at
    places.append(len(text))
    return "".join(pieces), tuple(places)


def _joins(letter: str) -> bool:
    """Whether a letter may melt into the one before it."""
    return "\u1160" <= letter <= "\u11ff" or unicodedata.combining(letter) != 0
