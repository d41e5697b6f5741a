// What the test SMSC (test/smsc/) can be told, and what it tells.

/** One number, written in another way; `word` is letters and digits, `wrong` another message's id. */
export type MessageIdForm = 'decimal' | 'paddedDecimal' | 'hex' | 'HEX' | 'paddedHex' | 'word' | 'WORD' | 'wrong';

/** How the SMSC behaves; what is not named keeps its default, given in brackets. */
export interface SmscSettings {
  /** Refuse any other with ESME_RINVSYSID, 0x0F (any is accepted). */
  systemId?: string;
  /** Refuse any other with ESME_RINVPASWD, 0x0E (any is accepted). */
  password?: string;
  /** Refuse binds with this command_status (0: accept them). */
  bindStatus?: number;
  /** Refuse more binds at a time with ESME_RALYBND, 0x05 (1000). */
  maxBinds?: number;
  bindAfterMs?: number;
  /** Refuse submits with this command_status: 0x58 throttled, 0x14 queue full, 0x0B destination ... (0: accept them). */
  status?: number;
  /** Refuse more submits in any second with ESME_RTHROTTLED, 0x58 (0: no bound). */
  ratePerSecond?: number;
  /** How long the response waits; enquire_link is answered meanwhile (0). */
  respondAfterMs?: number;
  /** End the connection instead of responding, with the message accepted or not (never). */
  drop?: 'never' | 'beforeAccept' | 'afterAccept';
  /** The id in submit_sm_resp (decimal). */
  responseId?: MessageIdForm;
  /** What data_coding 0 means when `text` is decoded (gsm). */
  alphabet?: 'gsm' | 'latin1' | 'ascii';
  /** Whether receipts are sent to those who asked for them (true). */
  receipts?: boolean;
  /** After the response, or after the submit if they come before it (0). */
  receiptDelayMs?: number;
  /** The response waits 300 ms more than they do, and for no acknowledgement (false). */
  receiptBeforeResponse?: boolean;
  /** One or more of ENROUTE, ACCEPTD, DELIVRD, EXPIRED, DELETED, UNDELIV, UNKNOWN, REJECTD, with commas between (DELIVRD). */
  receiptStates?: string;
  /** Three digits after `err:` (000). */
  receiptError?: string;
  /** How often each receipt is sent (1). */
  receiptCopies?: number;
  /** The id in the receipt's text (decimal). */
  receiptTextId?: MessageIdForm | 'none';
  /** The id in receipted_message_id; `none` leaves out message_state, too (decimal). */
  receiptTlvId?: MessageIdForm | 'none';
  /** The data_coding a receipt claims; its bytes are ASCII whatever it says (0). */
  receiptDataCoding?: number;
  /** Which bind of the sender's system id gets it: with `same`, any other once that one is gone (same). */
  receiptTo?: 'same' | 'any' | 'other';
  /** How often it is sent until it is taken (5), how long after a refusal or silence (500), and what silence is (5000). */
  receiptTries?: number;
  receiptRetryMs?: number;
  receiptWaitMs?: number;
}

/** Which submits a rule is for: all of what is named must fit. */
export interface SmscRuleMatch {
  destination?: string;
  /** The number of the part of a long message sent with a header; 1 for a message in one. */
  part?: number;
  /** For how many submits (all). */
  times?: number;
}

export interface SmscAddress {
  readonly ton: number;
  readonly npi: number;
  readonly address: string;
}

/** A submit_sm as it came; bytes are hexadecimal digits. */
export interface SmscSubmit {
  readonly at: string;
  readonly systemId: string;
  /** Number of the bind, as in `SmscBind`. */
  readonly bind: number;
  readonly serviceType: string;
  readonly source: SmscAddress;
  readonly destination: SmscAddress;
  readonly esmClass: number;
  readonly protocolId: number;
  readonly priorityFlag: number;
  readonly scheduleDeliveryTime: string;
  readonly validityPeriod: string;
  readonly registeredDelivery: number;
  readonly replaceIfPresent: number;
  readonly dataCoding: number;
  /** With the header, if there is one. */
  readonly shortMessage: string;
  /** In the order they came, message_payload (0x0424) among them. */
  readonly tlvs: readonly { readonly tag: number; readonly value: string }[];
  /** Elements of the header of short_message or message_payload. */
  readonly udh: readonly { readonly id: number; readonly data: string }[];
  readonly concatenation: { readonly reference: number; readonly total: number; readonly part: number } | null;
  /** Of this part, by data_coding, with an alphabet table that is the SMSC's own; � is no septet. */
  readonly text: string;
  readonly accepted: boolean;
  /** The command_status meant for the response. */
  readonly status: number;
  /** As in the response; null when not accepted. */
  readonly messageId: string | null;
}

/** One attempt at a receipt. */
export interface SmscReceipt {
  readonly at: string;
  /** As in the response to its submit, whatever the receipt says. */
  readonly messageId: string;
  readonly destination: string;
  readonly state: string;
  readonly bind: number;
  /** `taken`, `refused <command_status>`, or what went wrong: `ResponseTimeoutException`, ... */
  readonly outcome: string;
}

export interface SmscBind {
  readonly at: string;
  readonly number: number;
  readonly systemId: string;
  readonly type: 'BIND_TX' | 'BIND_RX' | 'BIND_TRX';
  readonly status: number;
  /** Null while the connection stands. */
  readonly endedAt: string | null;
}

/** A deliver_sm of the test's own, for instance a forged receipt. */
export interface SmscDelivery {
  source?: string;
  destination?: string;
  /** 4, a receipt, where nothing is said. */
  esmClass?: number;
  dataCoding?: number;
  message: Buffer;
  tlvs?: readonly { tag: number; value: Buffer }[];
}
