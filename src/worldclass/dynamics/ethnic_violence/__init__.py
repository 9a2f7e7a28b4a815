"""Epstein's civil violence, model II: two groups, killing, and cops between them."""
