"""Attributions by cues and frames."""
