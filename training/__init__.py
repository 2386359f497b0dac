"""How the bundled models are made: `python -m training ur`, `python -m training en`."""
