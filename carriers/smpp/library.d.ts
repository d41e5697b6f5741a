// What we use of the package `smpp`, which comes without types; docs/decisions/016-smpp-library.md says how it must be used.
declare module 'smpp' {
  interface FieldType {
    readonly size: (value: never) => number;
  }

  const smpp: {
    PDU: new (
      command: string,
      fields: Readonly<Record<string, string | number | Buffer>>,
    ) => {
      /** Throws on fields it cannot write. */
      toBuffer(): Buffer;
    };
    addTLV(name: string, tlv: { id: number; type: FieldType }): void;
    readonly types: { readonly tlv: { readonly buffer: FieldType } };
    readonly commands: Readonly<Record<string, { readonly id: number }>>;
    readonly errors: Readonly<Record<string, number>>;
  };
  export default smpp;
}
