"""Where things lie: the workspace around a folder, what hoso ships, the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

MARKER = "hoso.yaml"


def workspace_around(folder: Path) -> Path | None:
    """The nearest folder at or above this one that is marked as a workspace."""
    for candidate in (folder, *folder.parents):
        if (candidate / MARKER).is_file():
            return candidate
    return None


def shipped() -> Path:
    """The folder that holds what hoso ships: inside the installed package, or the clone itself."""
    package = Path(__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


def cache_folder() -> Path:
    """Where what can be made again is kept. HOSO_CACHE moves it."""
    return _own_folder("HOSO_CACHE", "user_cache_path")


def state_folder() -> Path:
    """Where bookmarks and the log are kept. HOSO_STATE moves it."""
    return _own_folder("HOSO_STATE", "user_state_path")


def _own_folder(variable: str, kind: str) -> Path:
    chosen = os.environ.get(variable)
    if chosen:
        return Path(chosen)
    import platformdirs

    folder: Path = getattr(platformdirs, kind)("hoso", appauthor=False)
    return folder
