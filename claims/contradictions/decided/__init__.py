"""What people decided about pairs, and what a judge learns from it."""
