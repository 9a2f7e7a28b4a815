"""Theories of class as data: files, their check, and what they compile to."""

from worldclass.theories.axes import Axis, Cut
from worldclass.theories.check import check_theory, require_sound
from worldclass.theories.classify import class_shares, classify_frame
from worldclass.theories.compile import CompiledTheory, compile_theory
from worldclass.theories.encode import reference_column
from worldclass.theories.library import list_theories, load_theory
from worldclass.theories.query import class_query, share_query
from worldclass.theories.report import CheckReport, Overlap, Problem
from worldclass.theories.schema import Theory
from worldclass.theories.splits import SplitEntry
from worldclass.theories.sql import case_sql

__all__ = [
    "Axis",
    "CheckReport",
    "CompiledTheory",
    "Cut",
    "Overlap",
    "Problem",
    "SplitEntry",
    "Theory",
    "case_sql",
    "check_theory",
    "class_query",
    "class_shares",
    "classify_frame",
    "compile_theory",
    "list_theories",
    "load_theory",
    "reference_column",
    "require_sound",
    "share_query",
]
