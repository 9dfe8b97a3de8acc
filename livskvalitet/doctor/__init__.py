"""Looks at a running installation and says in plain Swedish what to do.

`installation` asks about the machine, `surroundings` about what the site leans on and
`keeping` about what it keeps; `examination` asks them all.
"""
