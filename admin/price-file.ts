// Reads a file of prices, CSV or JSON, into numbered lines of text; what they mean is domain/price-list.ts.
import { CsvError, parse } from 'csv-parse/sync';
import { type BadLine, type PriceColumn, type PriceLine, priceColumns } from '../domain/price-list.ts';

export interface PriceFile {
  readonly lines: readonly PriceLine[];
  readonly bad: readonly BadLine[];
}

/** CSV with a header line, separated by commas, semicolons or tabs; or JSON, an array of objects whose items count as lines. */
export function readPriceFile(name: string, text: string): PriceFile {
  return name.toLowerCase().endsWith('.json') ? readJson(text) : readCsv(text);
}

function readCsv(text: string): PriceFile {
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = [';', '\t'].find((each) => header.includes(each)) ?? ',';
  let records: { record: string[]; info: { lines: number } }[];
  try {
    const options = { bom: true, trim: true, delimiter, info: true, skip_empty_lines: true, relax_column_count: true };
    // The library's types do not know what `info` does to its records.
    records = parse(text, options) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { lines: [], bad: [{ line: Number(error.lines ?? 1), reason: `is not CSV: ${error.message}` }] };
  }
  const columns = records.shift()?.record.map((column) => column.toLowerCase()) ?? [];
  const problem = headerProblem(columns);
  if (problem !== undefined) return { lines: [], bad: [{ line: 1, reason: problem }] };
  const bad: BadLine[] = [];
  const lines: PriceLine[] = [];
  for (const { record, info } of records) {
    const line = info.lines;
    if (record.length !== columns.length) {
      bad.push({ line, reason: `has ${record.length} fields where the header has ${columns.length}` });
    } else lines.push({ line, fields: Object.fromEntries(columns.map((column, index) => [column, record[index]])) });
  }
  return { lines, bad };
}

function headerProblem(columns: readonly string[]): string | undefined {
  const unknown = columns.filter((column) => !isColumn(column));
  const missing = ['country', 'method', 'price'].filter((column) => !columns.includes(column));
  const twice = columns.filter((column, index) => columns.indexOf(column) !== index);
  if (unknown.length > 0) return `has columns that are not known: ${unknown.join(', ')}`;
  if (missing.length > 0) return `lacks the columns ${missing.join(', ')}`;
  return twice.length > 0 ? `has the column ${twice[0]} twice` : undefined;
}

function readJson(text: string): PriceFile {
  let items: unknown;
  try {
    items = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { lines: [], bad: [{ line: 1, reason: 'is not JSON' }] };
  }
  if (!Array.isArray(items)) return { lines: [], bad: [{ line: 1, reason: 'is not an array of objects' }] };
  const bad: BadLine[] = [];
  const lines: PriceLine[] = [];
  items.forEach((item: unknown, index) => {
    const fields = readItem(item);
    if (typeof fields === 'string') bad.push({ line: index + 1, reason: fields });
    else lines.push({ line: index + 1, fields });
  });
  return { lines, bad };
}

/** The fields of an item as text, or what is wrong with it. */
function readItem(item: unknown): PriceLine['fields'] | string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'is not an object';
  const fields: Partial<Record<PriceColumn, string>> = {};
  for (const [column, value] of Object.entries(item)) {
    if (!isColumn(column)) return `has a field that is not known: ${column}`;
    if (value === null) continue;
    if (typeof value !== 'string' && typeof value !== 'number') return `${column} must be text or a number`;
    fields[column] = String(value).trim();
  }
  return fields;
}

const isColumn = (name: string): name is PriceColumn => priceColumns.some((column) => column === name);
