// Obtains the Java servers: jars through Maven, and our own few classes through the compiler.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir, cached } from './cache.ts';
import type { Report } from './report.ts';
import { requireOnPath, runCommand } from './run-command.ts';

/** A server of our own in Java. */
export interface JavaProgram {
  /** Of its folder in the cache, in kebab-case. */
  readonly name: string;
  /** The file that names the libraries it stands on. */
  readonly pom: string;
  readonly sources: readonly string[];
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const POM = here('./pom.xml');
const EMBEDDED_MONGO: JavaProgram = {
  name: 'embedded-mongo',
  pom: POM,
  sources: ['./EmbeddedMongo.java', './EmbeddedCollection.java', './GroupCommit.java'].map(here),
};
const INSTALL_JDK = 'install a JDK (17 or newer) and Maven, for example `apt-get install default-jdk-headless maven`';

/** A class path entry that holds all jars of a pom, by default that of the embedded servers. */
export async function obtainJars(report: Report, pom: string = POM): Promise<string> {
  const folder = await cached(`java-${digest([pom])}`, report, async (unfinished) => {
    const maven = requireOnPath('mvn', INSTALL_JDK);
    report('fetching Java servers with Maven: some ten seconds, once per machine');
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`];
    const args = ['--batch-mode', '--no-transfer-progress', '--quiet', '--file', pom, ...goal];
    await runCommand({ what: 'fetching Java servers', command: maven, args }, report);
  });
  return join(folder, '*');
}

/** A class path of our own sources and the jars of their pom, compiled once so that a start need not wait for the compiler. */
export async function obtainClasses(program: JavaProgram, report: Report): Promise<string> {
  const jars = await obtainJars(report, program.pom);
  const classes = await cached(folderName(program), report, async (unfinished) => {
    const javac = requireOnPath('javac', INSTALL_JDK);
    const args = ['-encoding', 'UTF-8', '-cp', jars, '-d', unfinished, ...program.sources];
    await runCommand({ what: `compiling ${program.name}`, command: javac, args }, report);
  });
  return `${classes}:${jars}`;
}

/** Whether an earlier run has obtained the embedded database. */
export function hasEmbeddedMongo(): boolean {
  return existsSync(join(cacheDir(), folderName(EMBEDDED_MONGO)));
}

/** The class path of `EmbeddedMongo`. */
export function obtainEmbeddedMongo(report: Report): Promise<string> {
  return obtainClasses(EMBEDDED_MONGO, report);
}

/** The path of `java`, or an error that says what to install. */
export function javaBinary(): string {
  return requireOnPath('java', INSTALL_JDK);
}

function folderName({ name, pom, sources }: JavaProgram): string {
  return `${name}-${digest([pom, ...sources])}`;
}

function digest(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
