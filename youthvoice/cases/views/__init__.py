"""Pages of cases, a file for each kind of reader."""
