"""The `kinetrace` command: parse the words, call one function, print what it gives."""

import gc
import sys
from collections.abc import Sequence

from cli.parser import parse
from corpus.errors import KinetraceError


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 done but something was left out or not found, 2 it could not be done.

    Errors are one line on standard error; a traceback never reaches a user.
    """
    chosen = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        return chosen.run(chosen.options)
    except KinetraceError as error:
        print(f"kinetrace: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("kinetrace: stopped; nothing half-done was kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (`| head`) has seen enough: not an error.
        sys.stderr.close()
        return 0


def run() -> None:
    """Entry point of the installed command."""
    # Loading makes many objects that stay: looking for garbage among them takes a tenth of a short command's time.
    gc.set_threshold(50_000)
    sys.exit(main())
