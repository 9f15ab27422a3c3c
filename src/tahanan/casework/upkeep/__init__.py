"""What the machine needs done: installing, verifying, ending by time, closing days, fitness."""
