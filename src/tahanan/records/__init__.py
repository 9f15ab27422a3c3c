"""Tables and constraints, one module per noun; one migration chain."""
