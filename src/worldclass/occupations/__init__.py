"""Occupations: classifications, the reading of raw codes, conversions between classifications."""
