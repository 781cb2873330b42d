"""The guardian of a child under 14, who is asked by a letter and answers with yes or no."""
