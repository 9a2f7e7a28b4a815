"""What every layer shares: errors, files, countries, frames."""
