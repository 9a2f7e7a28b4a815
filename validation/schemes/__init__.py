"""Checks of the occupational schemes: other implementations, reference tables, a survey."""
