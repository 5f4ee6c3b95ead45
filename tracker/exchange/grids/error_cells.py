"""What spreadsheet programs show in a cell whose formula failed, or whose column is too narrow."""

import re

__all__ = ["is_error"]

_ERROR = re.compile(
    r"#(?:REF|VALUE|NAME|NULL|NUM|DIV/0|N/A|SPILL|CALC|FIELD|BLOCKED|UNKNOWN|CONNECT|BUSY|EXTERNAL"
    r"|PYTHON|TIMEOUT|ERROR|이름|값|참조|숫자)[!?]?"
    r"|#N/A N/A|#GETTING_DATA|(?:Err|오류)\s?:\s?[0-9]{3}|#{3,}",
    re.IGNORECASE,
)


def is_error(text: str) -> bool:
    """Whether a whole cell is an error.

    >>> [is_error(t) for t in ("#REF!", "Err:502", "#N/A", "#1동", "N/A")]
    [True, True, True, False, False]
    """
    return text[:1] in "#eE오" and _ERROR.fullmatch(text) is not None
