"""What people send in about themselves and others, made clean."""
