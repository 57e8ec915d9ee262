"""What the county's pages and their Excel files hold: the same tables for both."""
