"""Labour values and prices of production of a national economy."""
