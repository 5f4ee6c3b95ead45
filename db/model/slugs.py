"""Slugs: the short names by which facilities and milestones are typed and linked."""

import re
import unicodedata

from db.model.errors import RefusedError

__all__ = ["check_slug", "is_slug", "make_slug", "path_of"]

MAX_SLUG = 100
_SLUG = r"[0-9a-z가-힣]+(?:-[0-9a-z가-힣]+)*"


def is_slug(slug: object) -> bool:
    """Whether this is lower-case letters, Hangul and digits, joined by hyphens."""
    if not isinstance(slug, str) or len(slug) > MAX_SLUG:
        return False
    if slug.isascii():  # most are, and need no pattern
        parts = slug.split("-")
        return slug == slug.lower() and all(part.isalnum() for part in parts)
    return re.fullmatch(_SLUG, slug) is not None


def check_slug(slug: str) -> None:
    """Refuse what is no slug: lower-case letters, Hangul and digits, joined by hyphens."""
    if not is_slug(slug):
        raise RefusedError(
            f"“{slug[:MAX_SLUG]}” is no slug: lower-case letters, Hangul and digits joined by "
            "hyphens, such as gimhae-robot-center",
            code="bad-slug",
            slug=slug[:MAX_SLUG],
        )


def make_slug(name: str) -> str:
    """A slug from a name; empty where nothing of it can stay."""
    folded = unicodedata.normalize("NFC", name).casefold()
    return "-".join(re.findall(r"[0-9a-z가-힣]+", folded))[:MAX_SLUG].strip("-")


def path_of(facility: str, milestone: str) -> str:
    """Both slugs as one key; a blank sorts before every sign of a slug, as their order asks."""
    return f"{facility} {milestone}"
