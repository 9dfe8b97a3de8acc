"""Mail to those whom the follow-up concerns, a file for each part.

A mail is queued as a task in the transaction of what it tells of, so that it is never
lost, and never sent for what was rolled back. A task takes ids and reads what they are
now.
"""
