"""The site: pages, data and charts that any web host can serve, or `worldclass serve` live."""
