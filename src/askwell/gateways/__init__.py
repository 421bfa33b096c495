"""Other people's servers: mail, calendars, address books.  Network here, and no database."""
