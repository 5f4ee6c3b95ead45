"""Text in terminal cells, under the name that the screens know it by."""

from tracker.cells import cell_len, fit, plain, squeeze, wrap

__all__ = ["cell_len", "fit", "plain", "squeeze", "wrap"]
