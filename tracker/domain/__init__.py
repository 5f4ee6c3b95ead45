"""What records mean on a day: states, the board, alerts, the weekly check; no SQL."""
