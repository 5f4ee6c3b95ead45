"""What an article can be refused for."""

from db.model.errors import RefusedError

__all__ = ["UnreadableArticleError"]


class UnreadableArticleError(RefusedError):
    """A file that holds no text this program can read."""

    @classmethod
    def needs_pypdf(cls, name: str) -> "UnreadableArticleError":
        """PDF is read by a library of its own, which is not installed."""
        return cls(
            f"{name} is a PDF: reading it needs pypdf: pip install 'tracker[pdf]'",
            code="needs-pypdf",
            path=name,
        )

    @classmethod
    def bad_pdf(cls, name: str) -> "UnreadableArticleError":
        """A PDF that is damaged, locked, or only pictures."""
        return cls(
            f"{name}: no text could be read from this PDF: copy its text into a file",
            code="bad-pdf",
            path=name,
        )

    @classmethod
    def slow_pdf(cls, name: str, seconds: int) -> "UnreadableArticleError":
        """A PDF whose text takes too long to find."""
        return cls(
            f"{name}: reading this PDF takes too long (it has {seconds} seconds of processor "
            "time): copy its text into a file",
            code="slow-pdf",
            path=name,
            seconds=seconds,
        )

    @classmethod
    def large_pdf(cls, name: str, memory: int) -> "UnreadableArticleError":
        """A PDF that unpacks to more than it may."""
        return cls(
            f"{name}: this PDF unpacks to more than is read, {memory:,} bytes at most: "
            "copy its text into a file",
            code="large-pdf",
            path=name,
            memory=memory,
        )

    @classmethod
    def too_large(cls, name: str, limit: int) -> "UnreadableArticleError":
        """A file far larger than any article."""
        return cls(
            f"{name} is larger than {limit:,} bytes: that is no article",
            code="article-too-large",
            path=name,
            limit=limit,
        )

    @classmethod
    def binary(cls, name: str) -> "UnreadableArticleError":
        """A picture, an archive, an office document, or any other bytes that are no text."""
        return cls(
            f"{name}: this cannot be read as text, HTML or PDF",
            code="binary-article",
            path=name,
        )

    @classmethod
    def empty(cls, name: str) -> "UnreadableArticleError":
        """A file without a word in it."""
        return cls(f"{name}: there is no text in it", code="no-text", path=name)
