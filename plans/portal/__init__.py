"""A client’s plan in their own pages: one screen, one file."""
