"""The pages of fire safety."""
