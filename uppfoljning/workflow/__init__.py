"""Every write to what the follow-up keeps, a file for each part."""
