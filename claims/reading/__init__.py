"""Readers: paths to articles."""
