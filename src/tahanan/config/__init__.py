"""Wiring: reads the environment once and refuses odd values."""
