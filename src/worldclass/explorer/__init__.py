"""Results for people who would rather look than read: page and terminal."""
