"""Pages, one module each; each exports ``router``."""
