"""Filipino names and the search index in memory; no Django."""
