"""What is counted, and how: pure specifications, and the plain recount that checks them."""
