"""What can go wrong in the follow-up, in words for the person who tried."""
