// Writes the document of the public API to the file named by the first argument; the client's types are made from it.
import { writeFileSync } from 'node:fs';
import { publicOperations } from '../routes.ts';
import { publicDocument } from './public-document.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file the document is written to');
writeFileSync(file, `${JSON.stringify(publicDocument(publicOperations({ sandbox: true })), null, 2)}\n`);
