"""The pages of moderators: /granska/."""
