"""How names in Urdu letters are written in Latin ones: `python -m training.names`."""
