"""What is filled in, cleaned."""
