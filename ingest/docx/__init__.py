"""Reads .docx: `reader` is the door."""
