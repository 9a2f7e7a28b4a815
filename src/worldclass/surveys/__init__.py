"""Survey adapters: a survey's variable names and codes, turned into our columns of microdata."""
