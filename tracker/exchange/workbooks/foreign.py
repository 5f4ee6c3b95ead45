"""What a file really is that is no workbook, whatever it is called, and what to do with it."""

import re
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from tracker.exchange.grids.file_reading import no_file, open_plain

__all__ = ["refuse_foreign", "refuse_foreign_text", "refuse_unknown"]

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_HEAD = 4096
_MOST = 64 * 1024 * 1024

_OLD = "it is an old Excel workbook (.xls): open it and save it as .xlsx"
_LOCKED = "it is an Excel workbook with a password: save it as .xlsx without one"
_BINARY = "it is a binary Excel workbook (.xlsb): open it and save it as .xlsx"
_XML = "it is an Excel workbook of 2003 in XML: open it and save it as .xlsx"
_ODS = "it is an OpenDocument spreadsheet (.ods): open it and save it as .xlsx"
_NUMBERS = "it is a Numbers document: export it as .xlsx"
_HWP = "it is a Hangul document: copy its table into a spreadsheet and save that as .xlsx"
_WORD = "it is a Word document: copy its table into a spreadsheet and save that as .xlsx"
_SLIDES = "it is a presentation: copy its table into a spreadsheet and save that as .xlsx"
_PDF = "it is a PDF: copy its table into a spreadsheet and save that as .xlsx"
_PICTURE = "it is a picture: type its table into a spreadsheet and save that as .xlsx"
_WEB = "it is a web page: open it in a spreadsheet program and save it as .xlsx"
_TEXT = "it is plain text, no workbook: rename it to .csv"
_RENAMED = "it is an .xlsx workbook under another name: rename it to .xlsx"
_OTHER = "old or encrypted Excel: save it as .xlsx without a password"

_STREAMS = (  # of compound files, whose names are in UTF-16
    ("EncryptedPackage", _LOCKED),
    ("HwpSummaryInformation", _HWP),
    ("FileHeader", _HWP),
    ("WordDocument", _WORD),
    ("PowerPoint Document", _SLIDES),
    ("Workbook", _OLD),
    ("Book", _OLD),
)
_MEMBERS = (  # of archives, in small letters
    ("xl/workbook.bin", _BINARY),
    ("xl/", ""),
    ("word/", _WORD),
    ("ppt/", _SLIDES),
    ("index/document.iwa", _NUMBERS),
    ("index.zip", _NUMBERS),
    ("contents/section0.xml", _HWP),
    ("content.xml", _ODS),
)
_SUFFIXES = {
    ".xls": _OLD, ".xlt": _OLD, ".xlsb": _BINARY, ".ods": _ODS, ".ots": _ODS, ".numbers": _NUMBERS,
    ".hwp": _HWP, ".hwpx": _HWP, ".doc": _WORD, ".docx": _WORD, ".ppt": _SLIDES,
    ".pptx": _SLIDES, ".pdf": _PDF, ".htm": _WEB, ".html": _WEB, ".mht": _WEB, ".mhtml": _WEB,
    ".png": _PICTURE, ".jpg": _PICTURE, ".jpeg": _PICTURE,
}  # fmt: skip
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(!doctype\s+html|[a-z:]+)",
    re.IGNORECASE | re.DOTALL,
)
_WEB_TAGS = {"html", "head", "body", "table", "meta", "style", "div"}


def refuse_foreign(path: Path, data: bytes) -> None:
    """Refuse what should be an XLSX workbook and is something else that is known.

    Raises:
        RefusedError: It names what the file is, and what to do.
    """
    why = _what(data)
    if why:
        raise no_file(path, why)


def refuse_foreign_text(path: Path) -> None:
    """Refuse what should be a text of cells and is a workbook or a document.

    Raises:
        RefusedError: It names what the file is, and what to do.
    """
    why = _what(_bytes(path))
    if why and why != _TEXT:
        raise no_file(path, why)
    if why is not None and not why:
        raise no_file(path, _RENAMED)


def refuse_unknown(path: Path) -> None:
    """Refuse a file by what it is, or else by what it is called, where either is known.

    Raises:
        RefusedError: It names what the file is, and what to do.
    """
    why = _what(_bytes(path))
    suffix = path.suffix.lower()
    if suffix in _SUFFIXES and why is not None:
        raise no_file(path, why or _RENAMED)
    if why and why != _TEXT:
        raise no_file(path, why)
    if suffix in _SUFFIXES and path.exists():
        raise no_file(path, _SUFFIXES[suffix])


def _bytes(path: Path) -> bytes:
    """As much of a file as tells what it is: of a text, which may be of any size, the head."""
    try:
        with open_plain(path) as file:
            head = file.read(_HEAD)
            return head + file.read(_MOST) if head.startswith((_OLE, _ZIP)) else head
    except OSError:
        return b""  # whoever reads it will say so


def _what(data: bytes) -> str | None:
    """Why these bytes are no XLSX workbook; empty where they may be one, None if unknown."""
    if data.startswith(_OLE):
        names = ((name.encode("utf-16-le"), why) for name, why in _STREAMS)
        return next((why for name, why in names if name in data), _OTHER)
    if data.startswith(_ZIP):
        return _what_archive(data)
    if data.startswith(b"%PDF"):
        return _PDF
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return _PICTURE
    return _what_text(data[:_HEAD])


def _what_archive(data: bytes) -> str | None:
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = [n.replace("\\", "/").lstrip("/").lower() for n in archive.namelist()]
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((why for start, why in _MEMBERS if any(n.startswith(start) for n in names)), None)


def _what_text(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "ignore")
    elif b"\0" in head or not head.strip():
        return None
    else:
        text = head.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore")
    if text.lstrip().startswith("MIME-Version:"):
        return _WEB
    markup = _MARKUP.match(text)
    if markup is not None:
        if "urn:schemas-microsoft-com:office:spreadsheet" in text:
            return _XML
        tag = markup[1].lower()
        return _WEB if tag.startswith("!doctype") or tag in _WEB_TAGS else None
    return _TEXT if re.search(r"[,;\t].*[\r\n]", text) else None
