// Starts an SMSC of another make than the carrier's library, and tells it how to behave.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from '../../local/ports.ts';
import { javaBinary, obtainClasses } from '../../local/servers/java.ts';
import { type Report, reportToTerminal } from '../../local/servers/report.ts';
import { requireOnPath, runCommand } from '../../local/servers/run-command.ts';
import { startProcess, waitUntilReady } from '../../local/servers/server-process.ts';
import type { SmscBind, SmscDelivery, SmscReceipt, SmscRuleMatch, SmscSettings, SmscSubmit } from './smsc-contract.ts';

export interface SmscOptions {
  /** A port it had before, so that clients find it again; else any free one. */
  readonly port?: number;
  readonly tls?: boolean;
  /** Ids count up from here; by default one whose hexadecimal digits hold letters. */
  readonly firstMessageId?: number;
}

export interface Smsc {
  readonly host: string;
  readonly port: number;
  readonly pid: number;
  /** With TLS: the certificate to trust, for `localhost` and 127.0.0.1. */
  readonly certificate: string | undefined;
  /** Changes the behaviour from now on; what is not named stays as it is. */
  set(settings: SmscSettings): Promise<void>;
  /** Changes it for some submits only, the later rule on top. Settings of binds are not for rules. */
  rule(match: SmscRuleMatch, settings: SmscSettings): Promise<void>;
  /** Forgets settings, rules, submits, and receipts sent or still to be sent; connections stay. */
  reset(): Promise<void>;
  submits(): Promise<SmscSubmit[]>;
  receipts(): Promise<SmscReceipt[]>;
  binds(): Promise<SmscBind[]>;
  /** Sends unbind on every connection, waits for its answer for two seconds at most, and closes. */
  unbind(): Promise<void>;
  /** Closes every connection without a word, or resets it. */
  drop(how?: { reset?: boolean }): Promise<void>;
  /** Nothing is read or sent for that long, on any connection: not even enquire_link is answered. */
  freeze(ms: number): Promise<void>;
  /** Sends a deliver_sm to everybody who receives; rejects where it is refused or not answered. */
  deliver(delivery: SmscDelivery): Promise<void>;
  /** Writes bytes on every connection, as they are. */
  write(bytes: Buffer): Promise<void>;
  stop(): Promise<void>;
}

const FOLDER = fileURLToPath(new URL('../smsc/', import.meta.url));
const FIRST_MESSAGE_ID = 0xabcdef00;
const READY_WITHIN_MS = 30_000;
const KEY_STORE_PASSWORD = 'of-a-test';

/** Starts it on 127.0.0.1; the first time on a machine it is fetched and compiled (Maven and a JDK are needed). */
export async function startSmsc(options: SmscOptions = {}, report: Report = reportToTerminal): Promise<Smsc> {
  const sources = readdirSync(FOLDER).filter((name) => name.endsWith('.java'));
  const program = { name: 'smsc', pom: join(FOLDER, 'pom.xml'), sources: sources.sort().map((name) => FOLDER + name) };
  const classPath = await obtainClasses(program, report);
  const [port, controlPort] = [options.port ?? (await anyFreePort()), await anyFreePort()];
  const folder = mkdtempSync(join(tmpdir(), 'twostep-smsc-'));
  const logFile = join(folder, 'smsc.log');
  const tls = options.tls ? await makeCertificate(folder, report) : undefined;
  const numbers = [port, controlPort, options.firstMessageId ?? FIRST_MESSAGE_ID].map(String);
  const jvm = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dfile.encoding=UTF-8', '-cp', classPath];
  const args = [...jvm, 'Smsc', ...numbers, ...(tls ? [tls.keyStore, KEY_STORE_PASSWORD] : [])];
  const running = await startProcess({ name: 'The SMSC', command: javaBinary(), args, logFile });

  const call = async (path: string, fields: object = {}): Promise<unknown> => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) if (value !== undefined) body.set(name, String(value));
    const response = await fetch(`http://127.0.0.1:${controlPort}/${path}`, { method: 'POST', body });
    const text = await response.text();
    if (!response.ok) throw new Error(`The SMSC refuses ${path}: ${text}`);
    return JSON.parse(text);
  };
  const tell = async (path: string, fields?: object): Promise<void> => void (await call(path, fields));
  await waitUntilReady(running, logFile, READY_WITHIN_MS, async () => Array.isArray(await call('binds')));
  return {
    host: '127.0.0.1',
    port,
    pid: running.pid,
    certificate: tls?.certificate,
    set: (settings) => tell('settings', settings),
    rule: (match, settings) => tell('rules', { ...settings, ...match }),
    reset: () => tell('reset'),
    submits: async () => (await call('submits')) as SmscSubmit[],
    receipts: async () => (await call('receipts')) as SmscReceipt[],
    binds: async () => (await call('binds')) as SmscBind[],
    unbind: () => tell('unbind'),
    drop: (how = {}) => tell('drop', how),
    freeze: (ms) => tell('freeze', { ms }),
    deliver: ({ message, tlvs = [], ...fields }) => {
      const written = tlvs.map(({ tag, value }) => `${tag}:${value.toString('hex')}`);
      return tell('deliver', { ...fields, hex: message.toString('hex'), tlvs: written.join(',') });
    },
    write: (bytes) => tell('raw', { hex: bytes.toString('hex') }),
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A key of its own with a certificate signed by itself, made by the JDK's tool. */
async function makeCertificate(folder: string, report: Report): Promise<{ keyStore: string; certificate: string }> {
  const keytool = requireOnPath('keytool', 'it comes with a JDK');
  const [keyStore, pem] = [join(folder, 'smsc.p12'), join(folder, 'smsc.pem')];
  const store = ['-keystore', keyStore, '-storetype', 'PKCS12', '-storepass', KEY_STORE_PASSWORD, '-alias', 'smsc'];
  const names = ['-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'];
  const key = ['-genkeypair', '-keyalg', 'EC', '-groupname', 'secp256r1', '-validity', '2', ...names];
  await runCommand({ what: 'making a key', command: keytool, args: [...key, ...store] }, report);
  const certificate = ['-exportcert', '-rfc', '-file', pem, ...store];
  await runCommand({ what: 'writing a certificate', command: keytool, args: certificate }, report);
  return { keyStore, certificate: readFileSync(pem, 'utf8') };
}
