"""Frames over a dependency tree."""
