"""What a claim speaks of: words, names, numbers, negations."""
