"""The closed sets of values in the follow-up, a file for each part."""
