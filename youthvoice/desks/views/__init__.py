"""Pages of the staff, a file for each."""
