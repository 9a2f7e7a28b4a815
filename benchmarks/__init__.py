"""How fast, how small: budgets, and peers on the same work."""
