"""What bodies say under their answers they will have done by a day, and whether they kept it."""
