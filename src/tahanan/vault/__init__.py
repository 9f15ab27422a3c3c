"""Keys and ciphers; no Django; the only importer of cryptography."""
