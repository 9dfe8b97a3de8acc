"""What the follow-up gives as files for spreadsheets, and takes as such."""
