"""A made batch of yearly reports whose every fact is known."""
