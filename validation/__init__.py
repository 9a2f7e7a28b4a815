"""Our numbers against published ones, good or bad: reproduction, aggregation, validation.

Run as `python -m validation`; needs a data mirror. Writes `docs/results.md` and its pictures.

* Reproduction: margins that were put in come out again.
* Aggregation: published totals of the same or related series, beside ours.
* Validation: numbers that the estimates did not use, and countries left out and predicted.
"""
