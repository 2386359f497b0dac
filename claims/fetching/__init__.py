"""Fetching: addresses to bytes, politely and safely. Knows nothing of articles."""
