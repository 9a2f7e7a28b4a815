"""What claims are about: one file a quantity."""
