"""The tahanan command: the same acts without pages."""
