"""Pictures of results: pure functions from tidy frames to Altair charts, and how to save them.

A builder returns a `Picture`: a chart, its caption and its data apart, so that the same chart
can be framed for print, shown in a notebook, or set into a page. This layer knows nothing of
theories or of the population table; it reads frames in the shapes that DESIGN.md names.
"""
