"""The look of the screens: Textual's themes, and one of the highest contrast."""

from textual.theme import Theme

__all__ = ["CONTRAST"]

CONTRAST = Theme(
    name="high-contrast",
    primary="#ffffff",
    secondary="#00ffff",
    accent="#ffff00",
    warning="#ffff00",
    error="#ff6b6b",
    success="#5cff5c",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    boost="#303030",
    dark=True,
    variables={
        "text-primary": "#ffffff",
        "text-secondary": "#00ffff",
        "text-accent": "#ffff00",
        "text-warning": "#ffff00",
        "text-error": "#ff6b6b",
        "text-success": "#5cff5c",
        "text-muted": "#d0d0d0",
        "block-cursor-foreground": "#000000",
        "block-cursor-background": "#ffff00",
        "block-cursor-text-style": "bold",
        "warning-muted": "#4d4d00",
    },
)
"""White, yellow, cyan, red and green on black; the chosen line black on yellow."""
