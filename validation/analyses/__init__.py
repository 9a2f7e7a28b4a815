"""Analyses of the world's tables beside published results, for docs/flows-analysis.md."""
