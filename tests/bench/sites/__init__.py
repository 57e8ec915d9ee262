"""Settings of the two sites that are compared, over one database."""
