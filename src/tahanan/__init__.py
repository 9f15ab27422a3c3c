"""Tahanan: one case, worked together, from a removal to lasting freedom."""
