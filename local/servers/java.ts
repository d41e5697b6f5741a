// Obtains the Java servers: jars through Maven, and our own few classes through the compiler.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDir, cached } from './cache.ts';
import type { Report } from './report.ts';
import { requireOnPath, runCommand } from './run-command.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const POM = here('./pom.xml');
const SOURCES = ['./EmbeddedMongo.java', './EmbeddedCollection.java', './GroupCommit.java'].map(here);
const INSTALL_JDK = 'install a JDK (17 or newer) and Maven, for example `apt-get install default-jdk-headless maven`';

/** A class path entry that holds all jars of the pom. */
export async function obtainJars(report: Report): Promise<string> {
  const folder = await cached(`java-${digest([POM])}`, report, async (unfinished) => {
    const maven = requireOnPath('mvn', INSTALL_JDK);
    report('fetching the Java servers with Maven: some ten seconds, once per machine');
    const goal = ['dependency:copy-dependencies', '-DincludeScope=runtime', `-DoutputDirectory=${unfinished}`];
    const args = ['--batch-mode', '--no-transfer-progress', '--quiet', '--file', POM, ...goal];
    await runCommand({ what: 'fetching the Java servers', command: maven, args }, report);
  });
  return join(folder, '*');
}

/** Whether an earlier run has obtained the embedded database. */
export function hasEmbeddedMongo(): boolean {
  return existsSync(join(cacheDir(), embeddedMongoName()));
}

/** The class path of `EmbeddedMongo`, compiled once so that a start need not wait for the compiler. */
export async function obtainEmbeddedMongo(report: Report): Promise<string> {
  const jars = await obtainJars(report);
  const classes = await cached(embeddedMongoName(), report, async (unfinished) => {
    const javac = requireOnPath('javac', INSTALL_JDK);
    const args = ['-cp', jars, '-d', unfinished, ...SOURCES];
    await runCommand({ what: 'compiling the embedded database', command: javac, args }, report);
  });
  return `${classes}:${jars}`;
}

/** The path of `java`, or an error that says what to install. */
export function javaBinary(): string {
  return requireOnPath('java', INSTALL_JDK);
}

function embeddedMongoName(): string {
  return `embedded-mongo-${digest([POM, ...SOURCES])}`;
}

function digest(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
