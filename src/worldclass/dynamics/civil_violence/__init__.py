"""Epstein's civil violence, model I: a central authority, citizens and cops."""
