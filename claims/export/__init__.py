"""Files for other programs: the claims, and what people decided about them."""
