"""Talks in the seeker's own calendar: put there, moved with it both ways, and asked about where that is open.

``noticing`` is what a change here sets off; ``merging`` decides; ``round`` does it, ``taking`` the part of it
here; ``settling`` is the answer to what is asked, ``looking`` what a page shows.
"""
