"""Articles that print the same report."""
