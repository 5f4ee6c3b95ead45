"""Textual's driver, kept alive by whatever a terminal sends."""
