"""`python -m maze`, the same as the command `maze`."""

from maze.cli import main

if __name__ == "__main__":
    main()
