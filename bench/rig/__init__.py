"""What the benches of speed share: a furnished house, its crowd, wrk, nginx, the table."""
