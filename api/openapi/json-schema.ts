// The zod schemas that validate, as the JSON Schemas of a document; named ones become its components.
import { z } from 'zod';
import { absent } from '../../domain/absent.ts';
import { emptyAbsent } from '../fields.ts';

export type JsonObject = Record<string, unknown>;

/** What counts as not given, for a field that may be left out. */
export const ABSENT = { $ref: '#/components/schemas/Absent' };
/** The same where null has a meaning of its own. */
const EMPTY = { $ref: '#/components/schemas/Empty' };
const absentSchemas = {
  Absent: { type: ['string', 'null'], maxLength: 0, description: 'Counts as not given.' },
  Empty: { type: 'string', maxLength: 0, description: 'Counts as not given.' },
};

export interface SchemaBook {
  /** What a caller may send, `null` and `""` included where they count as absent. */
  input(schema: z.ZodType): JsonObject;
  /** What is answered. */
  output(schema: z.ZodType): JsonObject;
  /** Every schema with an id met so far, by id. */
  readonly components: JsonObject;
}

export interface SchemaOptions {
  /** Answers hold nothing but what is documented. Tests ask for that; to a client, more may come one day. */
  readonly closed: boolean;
  /** Requests may hold nothing else, either: what is unknown is refused. */
  readonly strict?: boolean;
}

export function schemaBook({ closed, strict = false }: SchemaOptions): SchemaBook {
  const components: JsonObject = {};
  const convert = (schema: z.ZodType, io: 'input' | 'output') => {
    const json = z.toJSONSchema(schema, {
      io,
      unrepresentable: ({ zodSchema }) => (describedByHand(zodSchema) ? 'any' : 'throw'),
      override: ({ zodSchema, jsonSchema }) => {
        tidy(jsonSchema as JsonObject);
        const allowed = countedAbsent(zodSchema);
        if (allowed) allowAbsent(jsonSchema as JsonObject, allowed);
        if (io === 'output' && !closed && jsonSchema.additionalProperties === false) {
          delete jsonSchema.additionalProperties;
        }
        if (io === 'input' && strict && jsonSchema.properties) jsonSchema.additionalProperties ??= false;
      },
    });
    const {
      $defs = {},
      $schema: _,
      ...rest
    } = JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as JsonObject & {
      $defs?: JsonObject;
    };
    for (const [id, found] of Object.entries(absentSchemas)) {
      if (JSON.stringify(json).includes(`"#/components/schemas/${id}"`)) $defs[id] = found;
    }
    for (const [id, found] of Object.entries($defs)) keep(components, id, found);
    return rest;
  };
  return { components, input: (schema) => convert(schema, 'input'), output: (schema) => convert(schema, 'output') };
}

/** One id is one schema: a name for two things would describe one of them wrongly. */
function keep(components: JsonObject, id: string, found: unknown): void {
  const known = components[id];
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(found)) {
    throw new Error(`Two different schemas are called ${id}: give one of them another id`);
  }
  components[id] = found;
}

/** Takes out what says nothing to a reader. */
function tidy(json: JsonObject): void {
  // The pattern says no more than the format, at ten times the length.
  if (json.format === 'uuid') delete json.pattern;
  if (json.maximum === Number.MAX_SAFE_INTEGER) delete json.maximum;
  if (json.minimum === Number.MIN_SAFE_INTEGER) delete json.minimum;
  if (JSON.stringify(json.propertyNames) === '{"type":"string"}') delete json.propertyNames;
  // Each of the alternatives has a type of its own.
  if (json.anyOf !== undefined) delete json.type;
  if (Array.isArray(json.anyOf)) json.anyOf = json.anyOf.flatMap((each) => (isBareUnion(each) ? each.anyOf : [each]));
}

/** Whether `.meta()` says in JSON Schema what a custom check only says in code. */
function describedByHand(schema: z.core.$ZodType): boolean {
  const meta = z.globalRegistry.get(schema) ?? {};
  return ['type', 'anyOf', 'enum', 'const'].some((keyword) => keyword in meta);
}

/** What a field made by `optional` or `removable` takes for nothing. */
function countedAbsent(schema: z.core.$ZodTypes): JsonObject | undefined {
  if (schema._zod.def.type !== 'pipe') return undefined;
  const { in: from, out } = schema._zod.def;
  if (!('transform' in from._zod.def) || out._zod.optin !== 'optional') return undefined;
  const { transform } = from._zod.def;
  if (transform === absent) return ABSENT;
  return transform === emptyAbsent ? EMPTY : undefined;
}

const annotations = ['description', 'title', 'examples', 'deprecated'];

/** What describes the field stays outside, what it may hold becomes one of two. */
function allowAbsent(json: JsonObject, allowed: JsonObject): void {
  const inner: JsonObject = {};
  for (const key of Object.keys(json).filter((each) => !annotations.includes(each))) {
    inner[key] = json[key];
    delete json[key];
  }
  json.anyOf = [...(isBareUnion(inner) ? (inner.anyOf as unknown[]) : [inner]), allowed];
}

function isBareUnion(json: JsonObject): boolean {
  return Array.isArray(json.anyOf) && Object.keys(json).length === 1;
}
