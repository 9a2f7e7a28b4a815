"""Flows: who works for whom in the world economy, by input-output analysis."""
