"""What the programme did before: a plan that comes to its figures, and the telling of it."""
