"""YAML to settings; every error names file, line and key."""
