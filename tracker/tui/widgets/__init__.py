"""Widgets that know no store and no screen."""
