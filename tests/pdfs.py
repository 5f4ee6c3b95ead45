"""PDF files by hand, good ones and bad ones, so that none has to be stored."""

import io
import zlib

__all__ = ["FONT", "flate", "line_shown", "lzw", "pdf_of", "pdf_of_streams", "stream"]

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def pdf_of_objects(bodies):
    """A file of these numbered objects, the first one its catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(bodies) + 1))
    out.write(b"startxref\n%d\n%%%%EOF" % start)
    return out.getvalue()


def stream(data, entries=b""):
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def flate(data):
    return stream(zlib.compress(data, 9), b"/Filter /FlateDecode")


def lzw(rounds):
    """A stream of 279 bytes a round, each of which stands for 30,876 blanks.

    Every code of a round stands for the longest text so far and one character more; then the
    table is cleared, before codes would need a tenth bit.
    """
    codes = [256, 32, *range(258, 504)]
    bits = "".join(f"{code:09b}" for code in codes)
    whole = bits * rounds + f"{257:09b}"
    whole += "0" * (-len(whole) % 8)
    return stream(int(whole, 2).to_bytes(len(whole) // 8, "big"), b"/Filter /LZWDecode")


def pdf_of_streams(streams, pages, font=FONT, more=()):
    """A file of so many pages, each of which shows all these streams."""
    first = 4 + len(more)
    content = b"[%s]" % b" ".join(b"%d 0 R" % (first + n) for n in range(len(streams)))
    begin = first + len(streams)
    kids = b" ".join(b"%d 0 R" % (begin + n) for n in range(pages))
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %s"
        b" /Resources << /Font << /F1 3 0 R >> >> >>" % content
    )
    return pdf_of_objects(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
            font,
            *more,
            *streams,
            *[page] * pages,
        ]
    )


def line_shown(*lines):
    """What shows these lines; Latin letters only, since no font is carried along."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    return f"BT /F1 12 Tf 40 700 Td {shown} ET".encode()


def pdf_of(*lines, pages=1, font=FONT, more=()):
    """A file whose pages all show these lines."""
    return pdf_of_streams([stream(line_shown(*lines))], pages, font, more)
