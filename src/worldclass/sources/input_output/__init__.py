"""Readers of input-output tables: each returns one `RawTable`, as its provider published it."""
