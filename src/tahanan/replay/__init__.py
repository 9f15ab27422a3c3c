"""An outside history brought in through the door: one command a line."""
