"""The command ``claims``: one module for each command."""
