"""Builds what pages serve: `web/static/src` and a few npm files become `web/static/dist`.

A stylesheet that imports others becomes one file. Each file's name carries the hash of its
content, so a browser keeps it for ever and never an old one. `staticfiles.json` is the list in
Django's own format: `{{ static("css/tahanan.css") }}` finds the hashed name, and nothing is
collected at run time. Nothing here comes from another site, and nothing here is committed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from house import ROOT, CannotGoOn, fingerprint, finished, say, stands

STATIC = ROOT / "src" / "tahanan" / "web" / "static"
SOURCES = STATIC / "src"
SERVED = STATIC / "dist"
PACKAGES = ROOT / "node_modules"
# served name → file of an npm package. Latin-ext has ₱ and the letters of family names.
FROM_NPM = {
    f"fonts/{family}-{letters}-wght-normal.woff2": (
        f"@fontsource-variable/{family}/files/{family}-{letters}-wght-normal.woff2"
    )
    for family in ("faustina", "schibsted-grotesk")
    for letters in ("latin", "latin-ext")
} | {
    "fonts/faustina-LICENSE.txt": "@fontsource-variable/faustina/LICENSE",
    "fonts/schibsted-grotesk-LICENSE.txt": "@fontsource-variable/schibsted-grotesk/LICENSE",
}
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
# What one file says about another: url("…") in a stylesheet, from "./…" in a script.
MENTION = {
    ".css": re.compile(r'(url\(")([^"#:]+)("\))'),
    ".js": re.compile(r'((?:from|import) ")(\.[^"]+)(")'),
}
SQUEEZED = {".css", ".js", ".svg", ".json", ".txt"}


def build() -> None:
    """Build `dist`, unless it stands for these sources already."""
    files = sources()
    mark = fingerprint(Path(__file__), *sorted(files.values()), *sorted(files))
    stamp = SERVED / ".tahanan"
    if stands(stamp, mark):
        return
    say("Building what the pages serve into src/tahanan/web/static/dist.")
    missing = [str(path) for path in files.values() if not path.is_file()]
    if missing:
        raise CannotGoOn(f"The npm packages lack {', '.join(missing)}; run npm ci.")
    shutil.rmtree(SERVED, ignore_errors=True)
    manifest = {"paths": Build(files).all(), "version": "1.1", "hash": mark[:12]}
    (SERVED / "staticfiles.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    finished(stamp, mark)


def sources() -> dict[str, Path]:
    """Served name → source file. Stylesheets that another one imports are not served alone."""
    ours = {
        str(path.relative_to(SOURCES)): path
        for path in sorted(SOURCES.rglob("*"))
        if path.is_file() and not path.name.startswith(".")
    }
    return ours | {name: PACKAGES / path for name, path in FROM_NPM.items()}


class Build:
    """One build: each file is written once, after the files it mentions."""

    def __init__(self, files: dict[str, Path]) -> None:
        self.files = files
        self.served: dict[str, str] = {}
        self.imported: set[str] = set()

    def all(self) -> dict[str, str]:
        """Write every file; served name → name with its hash."""
        texts = {name: self.text(name) for name in self.files if name.endswith((".css", ".js"))}
        for name in self.files:
            if name not in self.imported:
                self.write(name, texts, ())
        return self.served

    def text(self, name: str) -> str:
        """The text of a stylesheet or script, with the stylesheets it imports put in place."""

        def inline(found: re.Match[str]) -> str:
            part = beside(name, found[1])
            self.imported.add(part)
            return self.text(part)

        text = self.source(name).read_text(encoding="utf-8")
        return IMPORT.sub(inline, text) if name.endswith(".css") else text

    def write(self, name: str, texts: dict[str, str], above: tuple[str, ...]) -> str:
        """Write `name` under its hashed name, and return that."""
        if name in above:
            raise CannotGoOn(f"{' → '.join((*above, name))}: static files mention each other.")
        if name in self.served:
            return self.served[name]
        source = self.source(name)
        content = source.read_bytes()
        if name in texts:
            mention = self.mention(name, texts, (*above, name))
            content = MENTION[source.suffix].sub(mention, texts[name]).encode()
        self.served[name] = put(name, content)
        return self.served[name]

    def mention(
        self, name: str, texts: dict[str, str], above: tuple[str, ...]
    ) -> Callable[[re.Match[str]], str]:
        """What puts the hashed name where `name` mentions another file."""

        def hashed(found: re.Match[str]) -> str:
            target = self.write(beside(name, found[2]), texts, above)
            return f"{found[1]}{found[2].rpartition('/')[0]}/{Path(target).name}{found[3]}"

        return hashed

    def source(self, name: str) -> Path:
        """The source of a served name."""
        if name not in self.files:
            raise CannotGoOn(f"A static file mentions {name}, which is not there.")
        return self.files[name]


def beside(name: str, mention: str) -> str:
    """The served name that `mention` means when it stands in `name`."""
    parts = [*Path(name).parent.parts]
    for part in mention.split("/"):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def put(name: str, content: bytes) -> str:
    """Write `content` into `dist` under its hashed name, small copy beside it; that name."""
    path = Path(name)
    mark = hashlib.sha256(content).hexdigest()[:12]
    served = path.with_name(f"{path.stem}.{mark}{path.suffix}")
    target = SERVED / served
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if path.suffix in SQUEEZED:
        target.with_name(f"{target.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return str(served)
