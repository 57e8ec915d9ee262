"""Bytes out: files made of rows and words that are handed over; no domain."""
