"""What the text around an attribution makes of it, whichever engine found it.

Each module takes a text with its attributions and gives the attributions back: put right, added to,
or marked as not said. ``steps`` has their order.
"""
