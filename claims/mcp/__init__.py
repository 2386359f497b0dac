"""What editors' assistants may ask, by the Model Context Protocol."""
