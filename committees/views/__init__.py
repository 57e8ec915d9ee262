"""The pages of owners' meetings."""
