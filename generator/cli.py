"""The command line: `chronology check | diff | fmt | build | serve | pages | init | new | import | explain | schema`.

Exit status: 0 when all is well, 1 when something was found, 2 when the command was called wrongly.
"""

from __future__ import annotations

import contextlib
import os
import sys

import click

from generator import __version__
from generator.commands.answers import links_command
from generator.commands.check import check_command
from generator.commands.issues import draft_command, forms_command
from generator.commands.layout import fmt_command
from generator.commands.learn import explain_command, schema_command
from generator.commands.review import diff_command
from generator.commands.site import build_command, pages_command, serve_command
from generator.commands.start import import_command, init_command, new_command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="chronology")
def main() -> None:
    """Keep a chronology: event files in YAML become a checked, searchable site.

    Run it in the project’s folder, beside mkdocs.yml and events/.
    """


for command in (
    check_command,
    diff_command,
    fmt_command,
    build_command,
    serve_command,
    pages_command,
    init_command,
    new_command,
    import_command,
    draft_command,
    forms_command,
    links_command,
    explain_command,
    schema_command,
):
    main.add_command(command)


def run() -> None:
    """Run the command line as a program.

    It ends at once: to free a million objects one by one can take longer than what was asked for.
    """
    status: object = 1
    try:
        main(prog_name="chronology")
    except SystemExit as ended:
        status = ended.code
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status if isinstance(status, int) else bool(status))
