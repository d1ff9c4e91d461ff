"""What the pages show, made by plain functions from a report. No request, no database."""
