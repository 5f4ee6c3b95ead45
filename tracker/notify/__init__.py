"""Alerts that reach people: what is new (`digest`), what was sent (`sent`), and how (`sending`)."""
