"""What a later release adds to the database, so that rolling it out migrates."""
