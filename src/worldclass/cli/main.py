"""The command `worldclass`."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from worldclass.cli import atlas as atlas_command
from worldclass.cli import build as build_command
from worldclass.cli import data as data_commands
from worldclass.cli import theory as theory_commands

INTERRUPTED = 130

app = typer.Typer(
    name="worldclass",
    help="A theory of class is a program: run it on the world's people.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 2 usage, 3 theory, 4 source, 5 margins, 6 output, 130 interrupted.",
)
app.command("atlas")(atlas_command.atlas_command)
app.add_typer(theory_commands.app, name="theory")
app.add_typer(data_commands.app, name="data")
data_commands.app.command("build")(build_command.build)


def _version(wanted: bool) -> None:
    if wanted:
        from worldclass import __version__

        typer.echo(f"worldclass {__version__}")
        raise typer.Exit


@app.callback()
def _options(  # pyright: ignore[reportUnusedFunction]
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """A theory of class is a program: run it on the world's people."""


def main() -> None:
    """Run the command line; errors become one message and an exit code."""
    from worldclass.core.errors import WorldclassError

    try:
        app(standalone_mode=False)
    except WorldclassError as error:
        _fail(str(error), error.exit_code)
    except KeyboardInterrupt:
        _fail("Interrupted; nothing was left half-written.", INTERRUPTED)
    except BrokenPipeError:  # the reader, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except typer.Abort:
        _fail("Interrupted; nothing was left half-written.", INTERRUPTED)
    except Exception as error:
        if (shown := getattr(error, "format_message", None)) is None:
            raise
        _fail(f"{shown()}\nRemedy: see `worldclass --help`, or --help after the command.", 2)


def _fail(message: str, code: int) -> None:
    typer.echo(f"Error: {message}" if code != INTERRUPTED else message, err=True)
    sys.exit(code)
