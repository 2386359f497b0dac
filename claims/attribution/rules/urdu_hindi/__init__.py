"""Frames of languages that mark the source with a postposition."""
