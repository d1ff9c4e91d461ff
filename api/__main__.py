"""``python -m api`` is ``ziping``."""

from api.cli import main

if __name__ == "__main__":  # a child process that starts by spawn imports this module too
    raise SystemExit(main())
