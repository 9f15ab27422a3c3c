"""A place for a group: asked for, answered with reasons, taken, told to the home, and left."""
