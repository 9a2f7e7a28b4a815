"""The site live: its files made on demand, and the package's results as JSON under `/api/`."""
