"""Relevance measured through the whole API: `python -m tests.relevance --help`."""
