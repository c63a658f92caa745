"""Build hook: generates the stubs of protos/heron/v1 into src/heron_client/_generated."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "heron_client._generated"
HEADER = '"""Generated from protos/heron/v1 when the package is built; not committed."""\n'


class GenerateStubs(BuildHookInterface[Any]):
    """Runs protoc before every build: wheel, editable install and source distribution."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Generate the stubs; a source distribution takes the protos along as well."""
        root = Path(self.root)
        protos = self._find_protos(root)
        if self.target_name == "sdist":
            build_data["force_include"][str(protos)] = "protos"
            return
        generate(protos, root / "src" / "heron_client" / "_generated")

    @staticmethod
    def _find_protos(root: Path) -> Path:
        """In a source distribution the protos lie inside, in a clone beside this folder."""
        for folder in (root / "protos", root.parent / "protos"):
            if (folder / "heron" / "v1").is_dir():
                return folder
        raise FileNotFoundError(
            f"No protos/heron/v1 in {root} or {root.parent}: build from a clone of the whole "
            "repository or from a source distribution of heron-client."
        )


def generate(protos: Path, target: Path) -> None:
    """Write messages, type stubs and service stubs of every proto of heron.v1 into ``target``.

    Parameters
    ----------
    protos : Path
        Folder that holds ``heron/v1/*.proto``.
    target : Path
        Package folder; its Python files are replaced.

    Raises
    ------
    RuntimeError
        protoc reports an error.
    """
    from grpc_tools import protoc

    target.mkdir(parents=True, exist_ok=True)
    for stale in target.glob("*.py*"):
        stale.unlink()
    files = sorted((protos / "heron" / "v1").glob("*.proto"))
    well_known = str(resources.files("grpc_tools") / "_proto")
    arguments = ["protoc", f"-I{protos}", f"-I{well_known}"]
    arguments += [f"--{kind}_out={target}" for kind in ("python", "pyi", "grpc_python")]
    if protoc.main(arguments + [str(file) for file in files]) != 0:
        raise RuntimeError(f"protoc failed on {', '.join(file.name for file in files)}.")
    # protoc writes heron/v1/ and imports it as a top-level package; ours is a part of heron_client.
    for file in (target / "heron" / "v1").iterdir():
        text = re.sub(
            r"^from heron\.v1 import", f"from {PACKAGE} import", file.read_text(), flags=re.M
        )
        (target / file.name).write_text(text)
        file.unlink()
    (target / "heron" / "v1").rmdir()
    (target / "heron").rmdir()
    (target / "__init__.py").write_text(HEADER)


def get_build_hook() -> type[GenerateStubs]:
    """Name the hook for hatchling."""
    return GenerateStubs
