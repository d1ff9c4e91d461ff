"""Routes of the service, one module per noun; each exports ``router``."""
