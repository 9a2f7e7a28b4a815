"""Flows held against published results."""
