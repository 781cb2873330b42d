"""Regions, organisations and who works in them."""
