"""Following a list by mail, without an account, or with a feed reader."""
