"""A named cast for every test: who works here, which children, and who may see what."""
