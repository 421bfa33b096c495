"""Occupations by their titles: which of many labels fit what somebody is called.  Pure."""
