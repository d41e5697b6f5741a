// Brings node_modules in line with package.json and package-lock.json; needs nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(ROOT, 'node_modules', '.twostep-stamp');
const NEEDED_NODE = [20, 19];

/** Installs the packages when they are missing or stale; ends the process with one helpful sentence when it cannot. */
export function installPackages() {
  checkNode();
  const wanted = digest();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  const began = Date.now();
  console.log('Installing packages (npm ci)');
  const ci = npm(['ci']);
  if (ci.status !== 0) {
    // A lock written where other platforms' packages could not be seen is refused by `npm ci` alone.
    if (!ci.stderr.includes('EUSAGE')) give(`npm ci failed:\n${ci.stderr.trim()}`);
    console.log('  with npm install instead, since the lock file lists other platforms; nothing has to be done');
    installWithoutTouchingTheLock();
  }
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
  console.log(`  done in ${Math.round((Date.now() - began) / 1000)} s`);
}

function installWithoutTouchingTheLock() {
  const lock = join(ROOT, 'package-lock.json');
  const before = readFileSync(lock);
  const install = npm(['install', '--no-save']);
  if (!readFileSync(lock).equals(before)) writeFileSync(lock, before);
  if (install.status !== 0) give(`npm install failed:\n${install.stderr.trim()}`);
}

function npm(args) {
  const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'inherit', 'pipe'], maxBuffer: 64 << 20 };
  // Development packages are needed to run from source, whatever NODE_ENV says.
  const all = [...args, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', all, options);
  if (result.error) give(`npm cannot be run: ${result.error.message}`);
  return result;
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const enough = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
  if (!enough)
    give(`Twostep needs Node ${NEEDED_NODE.join('.')} or newer; this is ${process.versions.node}. See nodejs.org.`);
}

function digest() {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json', 'client/package.json'])
    hash.update(readFileSync(join(ROOT, file))).update('\0');
  // Native packages differ by platform: a folder shared with a container is not the same.
  return hash.update(`${process.platform}-${process.arch}`).digest('hex');
}

function give(sentence) {
  console.error(sentence);
  process.exit(1);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) installPackages();
