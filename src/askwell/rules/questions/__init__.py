"""Questions for an informational interview: a bank, a choice from it, and a look at the seeker's own.

Modules are imported by name, so that who needs one pays for no other.
"""
