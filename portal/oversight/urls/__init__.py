"""Addresses of what reads across packages."""
