"""`python -m mapgen` is the command `mapgen`."""

from mapgen.cli import main

main()
