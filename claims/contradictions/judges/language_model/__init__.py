"""A judge that asks a language model on a server of the user's choice."""
