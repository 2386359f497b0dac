"""The addresses of the review page, a module for each sort, and what each answers."""
