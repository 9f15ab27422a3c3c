"""All the platform does: commands, queries and entries, in bands."""
