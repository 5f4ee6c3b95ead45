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
        from tracker.reports.as_html import as_html  # noqa: PLC0415 - the same

        return in_parts(as_html(document))
    if form == "md":
        from tracker.reports.as_markdown import as_markdown  # noqa: PLC0415 - the same

        return in_parts(as_markdown(document))
    from tracker.reports.as_text import as_text  # noqa: PLC0415 - the same

    return in_parts(as_text(document))
