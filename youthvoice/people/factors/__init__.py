"""Second factors: apps, passkeys and recovery codes, and which rights wait until one is used."""
