"""A folder of claims as a document: Markdown, HTML, Word."""
