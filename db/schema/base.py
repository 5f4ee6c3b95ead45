"""What every table model is made from."""

from pydantic import ConfigDict
from sqlmodel import SQLModel

__all__ = ["Row"]


class Row(SQLModel):
    """A table model of SQLModel validates nothing, so its validator is not built either."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]
