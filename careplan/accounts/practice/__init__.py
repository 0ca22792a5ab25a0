"""The pages of the staff door: one screen, one file."""
