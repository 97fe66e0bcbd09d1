"""Where things are. Standard library only: this runs before anything is installed."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
VAR = Path(os.environ.get("RELAIS_VAR_DIR") or ROOT / "var").absolute()
STATIC_ROOT = VAR / "static"
DATABASE = VAR / "relais.sqlite3"
CURRICULUM = ROOT / "courses" / "curriculum"
LOCALE = ROOT / "locale"
APPS = ("elearning", "accounts", "records", "courses", "library", "assessments", "certificates", "sync")
