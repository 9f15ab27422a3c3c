"""How fast it is, over HTTP, against the budgets; never part of what an installation runs."""
