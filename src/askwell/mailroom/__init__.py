"""Mail and calendar accounts, what goes out, and what comes in.  Knows nothing of outreach."""
