"""Reads .pdf: `reader` is the door."""
