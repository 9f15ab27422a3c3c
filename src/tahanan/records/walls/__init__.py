"""What the database itself refuses, whatever the code above it asks: triggers, roles, policies.

`plan` is the table to read first. `raising.raise_walls` applies it after every `migrate`.
"""
