"""Every reusable read of the follow-up, a file for each part."""
