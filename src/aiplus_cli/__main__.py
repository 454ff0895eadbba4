"""`python -m aiplus_cli`."""

from aiplus_cli.cli import main

main()
