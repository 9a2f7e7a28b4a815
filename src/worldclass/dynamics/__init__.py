"""Dynamics: class systems in motion, as seeded and resumable simulations.

Every result explains a mechanism. None is a forecast, and none is advice.
"""
