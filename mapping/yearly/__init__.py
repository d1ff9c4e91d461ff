"""A yearly report beside an earlier one, and what in it the award office should read."""
