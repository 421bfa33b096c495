"""A million profiles found by words, filters and meaning: arrays in, answers out."""
