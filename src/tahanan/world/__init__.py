"""The synthetic programme; calls casework only."""
