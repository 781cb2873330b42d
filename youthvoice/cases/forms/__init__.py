"""One file for each act that has a form."""
