"""How a Swedish text becomes the terms that the index keeps.

words (what stands in the text) → stems (forms of one word together) → compounds
(their parts) → encoding (as ASCII tokens). Nothing here knows of a database.
"""
