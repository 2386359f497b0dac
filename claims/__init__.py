"""Attributed claims from news articles: who said what, who denies it, where it stands."""

__version__ = "0.1.0"
