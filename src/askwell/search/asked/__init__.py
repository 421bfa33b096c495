"""A line such as "nurses in Chicago, not talked to this year, someone Ana knows", in three languages."""
