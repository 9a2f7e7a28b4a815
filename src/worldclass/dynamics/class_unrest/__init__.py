"""Unrest on a class structure: citizens drawn from the population table and a theory of class."""
