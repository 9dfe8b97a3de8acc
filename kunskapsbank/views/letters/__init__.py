"""Letters from people without an account: sent by anybody, answered by moderators."""
