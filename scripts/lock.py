"""Pin every package with its hashes, by a uv that lives as long as this command."""

import os
import tempfile
import venv
from pathlib import Path

from scripts.failing import run, told_plainly
from scripts.places import ROOT

# uv.lock would record the address of the registry; this form holds names, versions and hashes only.
_FORM = ["--universal", "--generate-hashes", "--no-emit-index-url", "--python-version", "3.11", "--quiet"]
# With PostgreSQL's driver: a site on PostgreSQL installs from the same list of hashes.
_SETS = {
    "base": ["pyproject.toml", "--extra", "postgresql"],
    "dev": ["pyproject.toml", "--group", "pyproject.toml:dev"],
}


def main() -> None:
    """Write requirements/base.txt and requirements/dev.txt."""
    os.environ["UV_CUSTOM_COMPILE_COMMAND"] = "make lock"
    os.chdir(ROOT)
    with told_plainly(), tempfile.TemporaryDirectory(prefix="relais-lock-") as folder:
        venv.create(folder, with_pip=True)
        tools = Path(folder, "bin")
        run(
            [tools / "python", "-m", "pip", "install", "--quiet", "uv"],
            "uv could not be installed: see what pip says above.",
        )
        for name, sources in _SETS.items():
            target = f"requirements/{name}.txt"
            failure = f"{target} could not be made: see what uv says above. The old one is unchanged."
            run([tools / "uv", "pip", "compile", *sources, *_FORM, "--output-file", target], failure)
            print(f"{target} written.")


if __name__ == "__main__":
    main()
