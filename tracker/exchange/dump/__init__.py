"""The whole store as one JSON document, written and read part by part."""
