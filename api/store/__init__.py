"""What the service keeps: tables, files, and plain functions on them, one module per noun."""
