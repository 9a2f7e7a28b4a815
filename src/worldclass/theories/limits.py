"""How large a theory may be.

Theory files come from strangers. These caps keep the worst file that passes them checkable in
seconds; they are far above what a class scheme needs. The caps on text hold before the parser
of rules runs, which overflows on deep nesting and is slow on long text.
"""

from __future__ import annotations

from typing import Final

from worldclass.core.datafile import Limits

THEORY_FILE: Final = Limits(bytes=64_000, keys=2_000, depth=8)

PREDICATE_LENGTH: Final = 4_000
PREDICATE_TOKENS: Final = 500
PREDICATE_NESTING: Final = 12
LARGEST_NUMBER: Final = 1e15

MOST_CLASSES: Final = 60
MOST_PARAMETERS: Final = 12
MOST_CHOICES: Final = 8
MOST_SPLITS: Final = 40
MOST_SPLIT_IDS: Final = 4
MOST_CUTS: Final = 8

# Entries of the decision table (2 bytes each) and of all tables that a proof visits.
LARGEST_TABLE: Final = 2_000_000
MOST_SETTINGS: Final = 4_096
LARGEST_PROOF: Final = 40_000_000
MOST_OVERLAP_TESTS: Final = 500_000_000
