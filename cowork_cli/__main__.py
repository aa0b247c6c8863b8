"""`python -m cowork_cli`."""

from cowork_cli.main import main

main()
