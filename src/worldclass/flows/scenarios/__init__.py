"""What if trade were different: extraction of countries or sectors, and other sources of supply."""
