"""The same person: which records of one roster, or of a roster and a new record, are one."""
