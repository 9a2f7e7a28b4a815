"""Occupational class schemes: theories of class that code persons by occupation and position."""
