"""What the follow-up asks of people, a file for each part."""
