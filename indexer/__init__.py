"""Reads the upstream, keeps the registry, builds and keeps the indexes. Imports `directory` and `esoz` only."""
