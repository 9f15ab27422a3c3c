"""Pages: one module per noun; never touches tables."""
