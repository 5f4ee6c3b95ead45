"""The formats of the report, by name and by the suffix of a file."""

from collections.abc import Iterable
from pathlib import Path

from tracker.app.parts import in_parts
from tracker.reports.sections import Document

__all__ = ["FORMS", "form_of", "rendered"]

FORMS = {"text": ".txt", "md": ".md", "html": ".html", "xlsx": ".xlsx"}


def form_of(file: Path | None) -> str:
    """The format that the name of a file asks for; text where it asks for none."""
    suffix = file.suffix.lower() if file else ""
    return next((form for form, ending in FORMS.items() if ending == suffix), "text")


def rendered(document: Document, form: str) -> Iterable[bytes]:
    """The report as parts of a file; each format is imported when it is asked for."""
    if form == "xlsx":
        from tracker.reports.as_xlsx import as_xlsx  # noqa: PLC0415 - one of four is needed

        return (as_xlsx(document),)
    if form == "html":
        from tracker.reports.as_html import html_parts  # noqa: PLC0415 - the same

        return in_parts(html_parts(document))
    if form == "md":
        from tracker.reports.as_markdown import markdown_parts  # noqa: PLC0415 - the same

        return in_parts(markdown_parts(document))
    from tracker.reports.as_text import text_parts  # noqa: PLC0415 - the same

    return in_parts(text_parts(document))
