"""青年之声: a house where young people ask and are answered."""
