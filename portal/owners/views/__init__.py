"""The pages of owners: the roll, one's own homes, the desk."""
