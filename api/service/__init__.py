"""The web service: one FastAPI application for the award office, or for one person on the own machine."""
