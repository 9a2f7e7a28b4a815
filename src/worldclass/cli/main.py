"""The command `worldclass`."""

from __future__ import annotations

import errno
import os
import sys
from typing import Annotated, NoReturn

import typer

from worldclass.cli import atlas as atlas_command
from worldclass.cli import build as build_command
from worldclass.cli import claims as claims_commands
from worldclass.cli import classify as classify_command
from worldclass.cli import data as data_commands
from worldclass.cli import export as export_command
from worldclass.cli import flows as flows_commands
from worldclass.cli import flows_analyses as flows_analyses
from worldclass.cli import flows_classes as flows_classes
from worldclass.cli import recode as recode_command
from worldclass.cli import report as report_command
from worldclass.cli import serve as serve_command
from worldclass.cli import simulate as simulate_command
from worldclass.cli import theory as theory_commands

INTERRUPTED = 130

app = typer.Typer(
    name="worldclass",
    help="A theory of class is a program: run it on the world's people.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 2 usage, 3 theory, 4 source, 5 margins, 6 output, 7 economy, 8 simulation, "
    "9 claims, 130 interrupted.",
)
app.command("atlas")(atlas_command.atlas_command)
app.command("classify")(classify_command.classify_command)
app.command("recode")(recode_command.recode_command)
app.add_typer(flows_commands.app, name="flows")
app.command("simulate")(simulate_command.simulate_command)
app.add_typer(claims_commands.app, name="claims")
app.command("report")(report_command.report_command)
app.add_typer(theory_commands.app, name="theory")
app.add_typer(data_commands.app, name="data")
app.command("serve")(serve_command.serve_command)
app.command("export")(export_command.export_command)
data_commands.app.command("build")(build_command.build)
data_commands.app.command("build-flows")(build_command.build_flows)


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
        code = app(standalone_mode=False)
    except WorldclassError as error:
        _fail(str(error), error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except SystemExit as error:
        if not _reader_left(error):
            raise
        code = 0
    except BrokenPipeError:
        code = 0
    except Exception as error:
        if (shown := getattr(error, "format_message", None)) is None:
            raise
        _fail(_usage(shown()), 2)
    if code == INTERRUPTED:
        _fail("Interrupted; nothing was left half-written.", INTERRUPTED)
    sys.exit(code if isinstance(code, int) else 0)


def _reader_left(error: SystemExit) -> bool:
    """Whether a reader of the output, such as `head`, has had enough."""
    cause = error.__context__
    if not (isinstance(cause, OSError) and cause.errno == errno.EPIPE):
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return True


def _usage(message: str) -> str:
    return message and f"{message}\nRemedy: see `worldclass --help`, or --help after the command."


def _fail(message: str, code: int) -> NoReturn:
    if message:
        typer.echo(message if code == INTERRUPTED else f"Error: {message}", err=True)
    sys.exit(code)
