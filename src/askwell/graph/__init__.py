"""The network as arrays: how strong ties are, who is the same person, who can introduce whom.

Pure: no Django, no clock.
"""
