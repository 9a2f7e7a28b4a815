"""The pages of the site, one file each; `site.py` puts them in order."""
