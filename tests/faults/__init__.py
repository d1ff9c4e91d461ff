"""Faults planted into a clean submission, one at a time: see ``plant``."""
