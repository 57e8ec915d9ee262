"""Reads across packages; nothing here writes."""
