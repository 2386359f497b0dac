"""The store: DuckDB tables of articles, claims and contradictions, and what people decided."""
