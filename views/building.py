"""Building a library from the page: in a process of its own, watched and stopped from here.

A process of its own keeps torch out of the server, and stopping it at any instant leaves the old library alive.
`python -m views.building LIBRARY PATH...` prints a line of JSON for each piece of work.
"""

import json
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass
class Job:
    """A build under way or ended: what it does now, how much of that is done, and what it said at the end."""

    stage: str = "starting"
    done: int = 0
    total: int = 0
    ended: bool = False
    stopped: bool = False
    problem: str = ""
    refused: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    def stop(self) -> None:
        """End it; the library stays as it was."""
        self.stopped = True
        if self.process is not None:
            self.process.terminate()


def start(paths: list[Path], library: Path) -> Job:
    """Start a build of these files and folders."""
    command = [sys.executable, "-m", "views.building", str(library), *map(str, paths)]
    job = Job()
    job.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
    )
    threading.Thread(target=_follow, args=(job,), daemon=True).start()
    return job


def _follow(job: Job) -> None:
    if job.process is None or job.process.stdout is None:
        return
    for line in job.process.stdout:
        try:
            told = json.loads(line)
        except json.JSONDecodeError:
            continue
        if "stage" in told:
            job.stage, job.done, job.total = told["stage"], told["done"], told["total"]
        job.problem = told.get("problem", job.problem)
        job.refused = told.get("refused", job.refused)
    if job.process.wait() == 0:
        # The stop came too late: the new library is there.
        job.stopped = False
    elif not job.stopped and not job.problem:
        job.problem = f"The build ended with code {job.process.returncode}. Run `kinetrace build` to see why."
    job.ended = True


def _say(**values: object) -> None:
    sys.stdout.write(json.dumps(values) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> int:
    """Build and report; 1 where it failed."""
    from build import build
    from corpus.errors import KinetraceError

    # Stopped from the page: end as an exception does, so that what is half-written is taken away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    library, *paths = map(Path, arguments)
    try:
        report = build(paths, library, on_progress=lambda now: _say(stage=now.stage, done=now.done, total=now.total))
    except KinetraceError as error:
        _say(problem=str(error))
        return 1
    _say(refused=[f"{each.path}: {each.reason}" for each in report.refused])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
