"""Walls in the database itself: triggers, roles and row-level security."""
