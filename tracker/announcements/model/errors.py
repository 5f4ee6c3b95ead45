"""What an article can be refused for."""

from db.model.errors import RefusedError

__all__ = ["UnreadableArticleError"]

_COPY = "copy its text into a file"
_WHY = {
    "needs-pypdf": "{path} is a PDF: reading it needs pypdf: pip install 'tracker[pdf]'",
    "bad-pdf": f"{{path}}: no text could be read from this PDF: {_COPY}",
    "slow-pdf": "{path}: reading this PDF takes too long (it has {seconds} seconds of processor "
    f"time): {_COPY}",
    "large-pdf": "{path}: this PDF unpacks to more than is read, {memory:,} bytes at most: "
    + _COPY,
    "article-too-large": "{path} is larger than {limit:,} bytes: that is no article",
    "binary-article": "{path}: this cannot be read as text, HTML or PDF",
    "no-text": "{path}: there is no text in it",
}


class UnreadableArticleError(RefusedError):
    """A file that holds no text this program can read."""

    def __init__(self, code: str, path: str, **limits: int) -> None:
        """Refuse a file.

        Args:
            code: Why, as in the catalogues under `error.`.
            path: What the file is called.
            limits: What it may take or hold: `seconds`, `memory` or `limit` in bytes.
        """
        super().__init__(_WHY[code].format(path=path, **limits), code=code, path=path, **limits)
