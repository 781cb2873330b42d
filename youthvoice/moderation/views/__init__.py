"""One file for each side: who reports, who judges, whose words it is; and what all may count."""
