"""Mail as it lies in files and mailboxes, read within bounds and understood."""
