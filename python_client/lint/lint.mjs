// Checks the Python client: ruff check, ruff format and pyright, with the settings of pyproject.toml.
//
//   npm install --no-package-lock && npm run lint            check
//   npm run lint -- --fix                                    format, and fix what can be fixed safely
//
// pyright looks at the packages of PYTHON (default: python3), which must have heron-client installed.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { parse } from "smol-toml";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const skipped = new Set(["_generated", "__pycache__", "node_modules", "build", "dist", ".venv"]);
const { "per-file-ignores": perFile, ...lint } = readSettings().lint;

function readSettings() {
  return parse(readFileSync(join(root, "pyproject.toml"), "utf8")).tool.ruff;
}

function* pythonFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !skipped.has(entry.name) && !entry.name.startsWith(".")) {
      yield* pythonFiles(path);
    } else if (entry.name.endsWith(".py")) {
      yield path;
    }
  }
}

// A workspace knows no paths, so files with other rules get another one.
function workspaceFor(name) {
  const patterns = Object.keys(perFile).filter((pattern) => name.startsWith(pattern.replace("**", "")));
  const ignore = [...lint.ignore, ...patterns.flatMap((pattern) => perFile[pattern])];
  const settings = { ...readSettings(), lint: { ...lint, ignore } };
  return new Workspace(settings, PositionEncoding.Utf32);
}

// Applies the fixes of one round that do not overlap; offsets count characters.
function applyFixes(text, found) {
  const lines = text.split(/(?<=\n)/).map((line) => Array.from(line));
  const starts = [0];
  for (const line of lines) {
    starts.push(starts.at(-1) + line.length);
  }
  const at = ({ row, column }) => starts[row - 1] + column - 1;
  const edits = found.flatMap(({ fix }) => fix?.edits ?? []).sort((a, b) => at(b.location) - at(a.location));
  let characters = lines.flat();
  let limit = Infinity;
  for (const edit of edits) {
    if (at(edit.end_location) <= limit) {
      characters.splice(at(edit.location), at(edit.end_location) - at(edit.location), ...(edit.content ?? ""));
      limit = at(edit.location);
    }
  }
  return characters.join("");
}

function checkWithRuff(fix) {
  let problems = 0;
  for (const path of pythonFiles(root)) {
    const name = relative(root, path).replaceAll("\\", "/");
    const workspace = workspaceFor(name);
    const original = readFileSync(path, "utf8");
    let text = original;
    for (let round = 0; fix && round < 5; round++) {
      text = workspace.format(applyFixes(text, workspace.check(text)));
    }
    for (const { code, message, start_location: place } of workspace.check(text)) {
      console.log(`${name}:${place.row}:${place.column}: ${code ?? "syntax"} ${message}`);
      problems++;
    }
    if (workspace.format(text) !== text) {
      console.log(`${name}: not formatted; run with --fix`);
      problems++;
    }
    if (text !== original) {
      writeFileSync(path, text);
    }
  }
  return problems;
}

const problems = checkWithRuff(process.argv.includes("--fix"));
console.log(`ruff ${Workspace.version()}: ${problems} problem${problems === 1 ? "" : "s"}`);
const pyright = createRequire(import.meta.url).resolve("pyright/index.js");
const python = process.env.PYTHON ?? "python3";
const types = spawnSync(process.execPath, [pyright, "--pythonpath", python], { cwd: root, stdio: "inherit" });
process.exitCode = problems > 0 || types.status !== 0 ? 1 : 0;
