"""Who may see what: reads tables, never writes."""
