"""What the staff's pages accept, a file for each page."""
