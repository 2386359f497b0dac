"""Which voices of different articles are one speaker: pure, no database."""
