"""Where somebody is signed in: sealed sessions, the list of devices, the cookie of a known one."""
