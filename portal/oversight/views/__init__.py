"""Pages that read across packages."""
