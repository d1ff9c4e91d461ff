"""Scripts that make the shipped weights from text beside the repository. Never imported at run time."""
