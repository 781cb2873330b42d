"""Tools that know nothing of questions or people; no models."""
