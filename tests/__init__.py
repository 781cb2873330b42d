"""Tests of the whole house; an app's own tests are in its `tests/`."""
