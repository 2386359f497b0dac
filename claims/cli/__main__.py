"""`python -m claims.cli`: the command ``claims`` without the script that the installation makes."""

from claims.cli.main import main

main()
