"""Figures: measures compiled to SQL, told as somebody may be told them."""
