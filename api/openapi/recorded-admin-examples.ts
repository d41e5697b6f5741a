// Real answers, recorded by `npm run examples:record`; never edited by hand.
import type { OperationExamples } from './examples.ts';

export const recordedAdminExamples: Readonly<Record<string, OperationExamples>> = {
  createOperator: {
    request: {
      name: 'Support',
      scopes: ['verifications:read', 'audit:read'],
      expiresAt: '2099-12-31',
    },
    answers: {
      '200': {
        operatorId: 'be90a788794d282158bb56c5',
        name: 'Support',
        scopes: ['verifications:read', 'audit:read'],
        state: 'active',
        createdAt: '2026-12-01T04:08:53.718Z',
        createdBy: 'Maria',
        createdById: '5a806b2b35a680c6bdc6d68a',
        lastUsedAt: null,
        expiresAt: '2099-12-31T00:00:00.000Z',
        token: 'twop_be90a788…',
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          'scopes.0':
            'must be one of accounts:read, accounts:write, money:write, applications:read, applications:write, prices:read, prices:write, carriers:read, carriers:write, verifications:read, subjects:erase, operators:write, audit:read',
        },
      },
    },
  },
  listOperators: {
    answers: {
      '200': {
        content: [
          {
            operatorId: 'be90a788794d282158bb56c5',
            name: 'Support',
            scopes: ['verifications:read', 'audit:read'],
            state: 'active',
            createdAt: '2026-12-01T04:08:53.718Z',
            createdBy: 'Maria',
            createdById: '5a806b2b35a680c6bdc6d68a',
            lastUsedAt: null,
            expiresAt: '2099-12-31T00:00:00.000Z',
          },
        ],
        totalPages: 2,
        totalElements: 2,
        last: false,
        first: true,
        numberOfElements: 1,
        size: 1,
        number: 0,
      },
      '401000000': {
        code: '401000000',
        developerMessage: 'Missing, malformed or expired access token',
      },
    },
  },
  revokeOperator: {
    answers: {
      '200': {
        operatorId: 'be90a788794d282158bb56c5',
        name: 'Support',
        scopes: ['verifications:read', 'audit:read'],
        state: 'revoked',
        createdAt: '2026-12-01T04:08:53.718Z',
        createdBy: 'Maria',
        createdById: '5a806b2b35a680c6bdc6d68a',
        lastUsedAt: null,
        expiresAt: '2099-12-31T00:00:00.000Z',
        revokedAt: '2026-12-01T04:08:54.165Z',
      },
    },
  },
  createAccount: {
    request: {
      name: 'Acme',
      currency: 'EUR',
    },
    answers: {
      '200': {
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Acme',
        currency: 'EUR',
        closed: false,
        balance: 0,
        creditLimit: 0,
        lowBalance: 'none',
        createdAt: '2026-12-01T04:08:54.291Z',
      },
    },
  },
  listAccounts: {
    answers: {
      '200': {
        content: [
          {
            accountId: '649b80f4a4c34b3d5d12e3b9',
            name: 'Acme',
            currency: 'EUR',
            closed: false,
            balance: 0,
            creditLimit: 0,
            lowBalance: 'none',
            createdAt: '2026-12-01T04:08:54.291Z',
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 1,
        number: 0,
      },
    },
  },
  readAccount: {
    answers: {
      '200': {
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Acme',
        currency: 'EUR',
        closed: false,
        balance: 0,
        creditLimit: 0,
        lowBalance: 'none',
        createdAt: '2026-12-01T04:08:54.291Z',
      },
      '404000000': {
        code: '404000000',
        developerMessage: 'There is no such account.',
        properties: {
          accountId: 'is unknown',
        },
      },
    },
  },
  changeAccount: {
    request: {
      name: 'Acme Ltd',
    },
    answers: {
      '200': {
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Acme Ltd',
        currency: 'EUR',
        closed: false,
        balance: 0,
        creditLimit: 0,
        lowBalance: 'none',
        createdAt: '2026-12-01T04:08:54.291Z',
      },
    },
  },
  topUpAccount: {
    request: {
      amount: 50,
      reference: 'Invoice 7',
    },
    answers: {
      '200': {
        id: '649b80f4a4c34b3d5d12e3b9:topUp:a8af23773d685ffeb678239024ebb03d',
        number: 1,
        kind: 'topUp',
        amount: 50,
        balanceBefore: 0,
        balanceAfter: 50,
        date: '2026-12-01T04:08:54.857Z',
        reference: 'Invoice 7',
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          amount: 'must be an amount from 0.000001 to 1000000000 with at most 6 decimals',
          reference: 'must be a string',
        },
      },
    },
  },
  changeLimits: {
    request: {
      creditLimit: 10,
      lowBalance: 49.98,
    },
    answers: {
      '200': {
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Acme Ltd',
        currency: 'EUR',
        closed: false,
        balance: 50,
        creditLimit: 10,
        lowBalance: 49.98,
        createdAt: '2026-12-01T04:08:54.291Z',
      },
    },
  },
  adjustAccount: {
    request: {
      amount: '-0.045',
      reference: 'Ticket 12',
    },
    answers: {
      '200': {
        id: '649b80f4a4c34b3d5d12e3b9:adjustment:e3b290e01acdde66f8f3ea6d6c53f293',
        number: 2,
        kind: 'adjustment',
        amount: -0.045,
        balanceBefore: 50,
        balanceAfter: 49.955,
        date: '2026-12-01T04:08:54.974Z',
        reference: 'Ticket 12',
      },
    },
  },
  readLedgerOfAccount: {
    answers: {
      '200': {
        content: [
          {
            id: '649b80f4a4c34b3d5d12e3b9:adjustment:e3b290e01acdde66f8f3ea6d6c53f293',
            number: 2,
            kind: 'adjustment',
            amount: -0.045,
            balanceBefore: 50,
            balanceAfter: 49.955,
            date: '2026-12-01T04:08:54.974Z',
            reference: 'Ticket 12',
          },
          {
            id: '649b80f4a4c34b3d5d12e3b9:topUp:a8af23773d685ffeb678239024ebb03d',
            number: 1,
            kind: 'topUp',
            amount: 50,
            balanceBefore: 0,
            balanceAfter: 50,
            date: '2026-12-01T04:08:54.857Z',
            reference: 'Invoice 7',
          },
        ],
        totalPages: 1,
        totalElements: 2,
        last: true,
        first: true,
        numberOfElements: 2,
        size: 2,
        number: 0,
      },
    },
  },
  createApplication: {
    request: {
      accountId: '649b80f4a4c34b3d5d12e3b9',
      name: 'Shop',
    },
    answers: {
      '200': {
        applicationId: '77b1ba4426bdd2a6d0d800a2',
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Shop',
        disabled: false,
        secrets: [
          {
            secretId: '11912e8dfe33',
            createdAt: '2026-12-01T04:08:55.043Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T04:08:55.043Z',
        applicationSecret: 'uwrM8c…',
      },
    },
  },
  listApplications: {
    answers: {
      '200': {
        content: [
          {
            applicationId: '77b1ba4426bdd2a6d0d800a2',
            accountId: '649b80f4a4c34b3d5d12e3b9',
            name: 'Shop',
            disabled: false,
            secrets: [
              {
                secretId: '11912e8dfe33',
                createdAt: '2026-12-01T04:08:55.043Z',
                lastUsedAt: null,
              },
            ],
            createdAt: '2026-12-01T04:08:55.043Z',
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  readApplication: {
    answers: {
      '200': {
        applicationId: '77b1ba4426bdd2a6d0d800a2',
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Shop',
        disabled: false,
        secrets: [
          {
            secretId: '11912e8dfe33',
            createdAt: '2026-12-01T04:08:55.043Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T04:08:55.043Z',
      },
    },
  },
  changeApplication: {
    request: {
      name: 'Web shop',
    },
    answers: {
      '200': {
        applicationId: '77b1ba4426bdd2a6d0d800a2',
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Web shop',
        disabled: false,
        secrets: [
          {
            secretId: '11912e8dfe33',
            createdAt: '2026-12-01T04:08:55.043Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T04:08:55.043Z',
      },
    },
  },
  addSecret: {
    answers: {
      '200': {
        secretId: '2ebb9cb245d1',
        applicationSecret: '7On7rB…',
      },
    },
  },
  removeSecret: {
    answers: {
      '200': {
        applicationId: '77b1ba4426bdd2a6d0d800a2',
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Web shop',
        disabled: false,
        secrets: [
          {
            secretId: '11912e8dfe33',
            createdAt: '2026-12-01T04:08:55.043Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T04:08:55.043Z',
      },
    },
  },
  rotateSecret: {
    request: {
      graceSeconds: 3600,
    },
    answers: {
      '200': {
        secretId: 'dad3e163c220',
        applicationSecret: 'jg5VeF…',
        application: {
          applicationId: '77b1ba4426bdd2a6d0d800a2',
          accountId: '649b80f4a4c34b3d5d12e3b9',
          name: 'Web shop',
          disabled: false,
          secrets: [
            {
              secretId: 'dad3e163c220',
              createdAt: '2026-12-01T04:08:55.342Z',
              lastUsedAt: null,
            },
            {
              secretId: '11912e8dfe33',
              createdAt: '2026-12-01T04:08:55.043Z',
              endsAt: '2026-12-01T05:08:55.342Z',
              lastUsedAt: null,
            },
          ],
          createdAt: '2026-12-01T04:08:55.043Z',
        },
      },
    },
  },
  revokeTokens: {
    answers: {
      '200': {
        applicationId: '77b1ba4426bdd2a6d0d800a2',
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Web shop',
        disabled: false,
        secrets: [
          {
            secretId: 'dad3e163c220',
            createdAt: '2026-12-01T04:08:55.342Z',
            lastUsedAt: null,
          },
          {
            secretId: '11912e8dfe33',
            createdAt: '2026-12-01T04:08:55.043Z',
            endsAt: '2026-12-01T05:08:55.342Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T04:08:55.043Z',
      },
    },
  },
  changeSettings: {
    request: {
      digits: 5,
      originator: 'Acme',
      callbackUrl: 'http://127.0.0.1:35563/callbacks',
      translations: {
        GR: {
          sms: 'Ο κωδικός σου: @@pin',
          voice: {
            text: 'Ο κωδικός σου είναι @@pin',
            language: 'el-GR',
          },
        },
      },
    },
    answers: {
      '200': {
        lifetimeInSeconds: 300,
        maxRetries: 3,
        digits: 5,
        maxParts: 4,
        tokenLifetimeInSeconds: 3600,
        originator: 'Acme',
        originatorEnforced: false,
        retentionInDays: 90,
        defaultTemplate: 'Your verification code is @@pin',
        voiceLanguage: 'en',
        landlineByVoice: false,
        webOtpDomain: null,
        restrictions: null,
        translations: {
          GR: {
            sms: 'Ο κωδικός σου: @@pin',
            voice: {
              text: 'Ο κωδικός σου είναι @@pin',
              language: 'el-GR',
            },
          },
        },
        callbackUrl: 'http://127.0.0.1:35563/callbacks',
        callbackPaused: false,
        signingSecrets: [
          {
            secretId: '8876e21bfa49',
            createdAt: '2026-12-01T04:08:55.425Z',
          },
        ],
        warnings: [],
        templates: [
          {
            field: 'defaultTemplate',
            valid: true,
            problems: [],
            method: 'sms',
            placeholders: [],
            encoding: 'GSM-7',
            ucs2Characters: [],
            parts: 1,
            prices: [
              {
                country: 'AC',
                price: 0.06,
              },
              {
                country: 'AD',
                price: 0.06,
              },
              {
                country: 'AE',
                price: 0.06,
              },
            ],
          },
          {
            field: 'translations.GR.sms',
            valid: true,
            problems: [],
            method: 'sms',
            placeholders: [],
            encoding: 'UCS-2',
            ucs2Characters: ['Ο', 'κ', 'ω', 'δ', 'ι', 'ό', 'ς', 'σ', 'ο', 'υ'],
            parts: 1,
            prices: [
              {
                country: 'GR',
                price: 0.045,
              },
            ],
          },
          {
            field: 'translations.GR.voice.text',
            valid: true,
            problems: [],
            method: 'voice',
            placeholders: [],
            ucs2Characters: [],
            parts: 1,
            prices: [
              {
                country: 'GR',
                price: 0.055,
              },
            ],
          },
        ],
        signingSecret: 'whsec_lVq8…',
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          digits: 'must be an integer from 4 to 10',
        },
      },
    },
  },
  readSettings: {
    answers: {
      '200': {
        lifetimeInSeconds: 300,
        maxRetries: 3,
        digits: 5,
        maxParts: 4,
        tokenLifetimeInSeconds: 3600,
        originator: 'Acme',
        originatorEnforced: false,
        retentionInDays: 90,
        defaultTemplate: 'Your verification code is @@pin',
        voiceLanguage: 'en',
        landlineByVoice: false,
        webOtpDomain: null,
        restrictions: null,
        translations: {
          GR: {
            sms: 'Ο κωδικός σου: @@pin',
            voice: {
              text: 'Ο κωδικός σου είναι @@pin',
              language: 'el-GR',
            },
          },
        },
        callbackUrl: 'http://127.0.0.1:35563/callbacks',
        callbackPaused: false,
        signingSecrets: [
          {
            secretId: '8876e21bfa49',
            createdAt: '2026-12-01T04:08:55.425Z',
          },
        ],
        warnings: [],
      },
    },
  },
  rotateSigningSecret: {
    request: {
      graceSeconds: 3600,
    },
    answers: {
      '200': {
        secretId: 'f087c2c767f2',
        signingSecret: 'whsec_KTw6…',
      },
    },
  },
  removeSigningSecret: {
    answers: {
      '200': {
        signingSecrets: [
          {
            secretId: 'f087c2c767f2',
            createdAt: '2026-12-01T04:08:55.731Z',
          },
        ],
      },
    },
  },
  addSigningSecret: {
    answers: {
      '200': {
        secretId: 'f66f8a71f50c',
        signingSecret: 'whsec_WpZS…',
      },
    },
  },
  checkTemplate: {
    request: {
      template: 'Your code’s @@pin',
      countries: ['GR'],
    },
    answers: {
      '200': {
        valid: true,
        problems: [],
        method: 'sms',
        placeholders: [],
        encoding: 'UCS-2',
        ucs2Characters: ['’'],
        parts: 1,
        prices: [
          {
            country: 'GR',
            price: 0.045,
          },
        ],
      },
    },
  },
  listPrices: {
    answers: {
      '200': {
        content: [
          {
            country: 'GR',
            method: 'sms',
            price: 0.045,
          },
          {
            country: 'GR',
            method: 'voice',
            price: 0.055,
          },
        ],
        totalPages: 1,
        totalElements: 2,
        last: true,
        first: true,
        numberOfElements: 2,
        size: 20,
        number: 0,
      },
    },
  },
  putPrice: {
    request: {
      price: 0.09,
      cost: 0.061,
    },
    answers: {
      '200': {
        country: 'TV',
        method: 'voice',
        price: 0.09,
        cost: 0.061,
      },
    },
  },
  importPrices: {
    request: {
      csv: 'country,method,price\nTV,voice,0.1\nTV,sms,0.05',
    },
    answers: {
      '200': {
        applied: false,
        added: [],
        changed: [
          {
            place: 'TV:voice',
            before: {
              country: 'TV',
              method: 'voice',
              price: 0.09,
              cost: 0.061,
            },
            after: {
              country: 'TV',
              method: 'voice',
              price: 0.1,
            },
          },
          {
            place: 'TV:sms',
            before: {
              country: 'TV',
              method: 'sms',
              price: 0.06,
            },
            after: {
              country: 'TV',
              method: 'sms',
              price: 0.05,
            },
          },
        ],
        removed: [],
        unchanged: 0,
        kept: 490,
      },
    },
  },
  deletePrice: {
    answers: {
      '200': {
        country: 'TV',
        method: 'voice',
        price: 0.09,
        cost: 0.061,
      },
    },
  },
  putNumberRange: {
    request: {
      type: 'mobile',
      country: 'US',
    },
    answers: {
      '200': {
        prefix: '+1436',
        type: 'mobile',
        country: 'US',
      },
    },
  },
  listNumberRanges: {
    answers: {
      '200': {
        content: [
          {
            prefix: '+1436',
            type: 'mobile',
            country: 'US',
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  deleteNumberRange: {
    answers: {
      '200': {
        prefix: '+1436',
        type: 'mobile',
        country: 'US',
      },
    },
  },
  putCarrier: {
    request: {
      type: 'sandbox',
      settings: {
        receipts: true,
      },
      messagesPerSecond: 20,
    },
    answers: {
      '200': {
        name: 'second',
        type: 'sandbox',
        settings: {
          receipts: true,
        },
        secretNames: [],
        messagesPerSecond: 20,
        paused: false,
        from: 'management API',
        createdAt: '2026-12-01T04:08:56.728Z',
        workers: [],
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          'settings.delayInSeconds': 'must be a number from 0 to 60',
        },
      },
    },
  },
  readCarrier: {
    answers: {
      '200': {
        name: 'second',
        type: 'sandbox',
        settings: {
          receipts: true,
        },
        secretNames: [],
        messagesPerSecond: 20,
        paused: false,
        from: 'management API',
        createdAt: '2026-12-01T04:08:56.728Z',
        workers: [
          {
            worker: '7@worker-1',
            state: 'closed',
            since: '2026-12-01T04:08:57.039Z',
          },
        ],
      },
    },
  },
  listCarriers: {
    answers: {
      '200': {
        content: [
          {
            name: 'second',
            type: 'sandbox',
            settings: {
              receipts: true,
            },
            secretNames: [],
            messagesPerSecond: 20,
            paused: false,
            from: 'management API',
            createdAt: '2026-12-01T04:08:56.728Z',
            workers: [
              {
                worker: '7@worker-1',
                state: 'closed',
                since: '2026-12-01T04:08:57.039Z',
              },
            ],
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  drawReceiptUrl: {
    answers: {
      '200': {
        receiptUrl: 'https://verify.example.com/carriers/second/receipts/…',
      },
    },
  },
  pauseCarrier: {
    answers: {
      '200': {
        name: 'second',
        type: 'sandbox',
        settings: {
          receipts: true,
        },
        secretNames: [],
        messagesPerSecond: 20,
        paused: true,
        from: 'management API',
        createdAt: '2026-12-01T04:08:56.728Z',
        workers: [
          {
            worker: '7@worker-1',
            state: 'closed',
            since: '2026-12-01T04:08:57.039Z',
          },
        ],
      },
    },
  },
  resumeCarrier: {
    answers: {
      '200': {
        name: 'second',
        type: 'sandbox',
        settings: {
          receipts: true,
        },
        secretNames: [],
        messagesPerSecond: 20,
        paused: false,
        from: 'management API',
        createdAt: '2026-12-01T04:08:56.728Z',
        workers: [
          {
            worker: '7@worker-1',
            state: 'closed',
            since: '2026-12-01T04:08:57.039Z',
          },
        ],
      },
    },
  },
  sendTestMessage: {
    request: {
      recipient: '+306948530943',
    },
    answers: {
      '200': {
        outcome: 'accepted',
        parts: 1,
      },
    },
  },
  putRoute: {
    request: {
      steps: [
        {
          carrier: 'second',
          method: 'sms',
          waitForReceiptSeconds: 30,
        },
        {
          carrier: 'sandbox',
          method: 'voice',
        },
      ],
    },
    answers: {
      '200': {
        applicationId: 'all',
        place: 'TV',
        steps: [
          {
            carrier: 'second',
            method: 'sms',
            waitForReceiptSeconds: 30,
          },
          {
            carrier: 'sandbox',
            method: 'voice',
          },
        ],
        from: 'management API',
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          'steps.0.carrier': 'is unknown: put the carrier first',
        },
      },
    },
  },
  readRoute: {
    answers: {
      '200': {
        applicationId: 'all',
        place: 'TV',
        steps: [
          {
            carrier: 'second',
            method: 'sms',
            waitForReceiptSeconds: 30,
          },
          {
            carrier: 'sandbox',
            method: 'voice',
          },
        ],
        from: 'management API',
      },
    },
  },
  listRoutes: {
    answers: {
      '200': {
        content: [
          {
            applicationId: 'all',
            place: 'TV',
            steps: [
              {
                carrier: 'second',
                method: 'sms',
                waitForReceiptSeconds: 30,
              },
              {
                carrier: 'sandbox',
                method: 'voice',
              },
            ],
            from: 'management API',
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  deleteCarrier: {
    answers: {
      '200': {
        name: 'second',
        type: 'sandbox',
        settings: {
          receipts: true,
        },
        secretNames: [],
        messagesPerSecond: 20,
        paused: false,
        from: 'management API',
        createdAt: '2026-12-01T04:08:56.728Z',
        workers: [],
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          name: 'is needed by the route all/TV: change that first',
        },
      },
    },
  },
  deleteRoute: {
    answers: {
      '200': {
        applicationId: 'all',
        place: 'TV',
        steps: [
          {
            carrier: 'second',
            method: 'sms',
            waitForReceiptSeconds: 30,
          },
          {
            carrier: 'sandbox',
            method: 'voice',
          },
        ],
        from: 'management API',
      },
    },
  },
  testCallback: {
    answers: {
      '200': {
        delivered: true,
        httpStatus: 200,
        sentence: 'delivered',
      },
    },
  },
  pauseCallbacks: {
    answers: {
      '200': {
        paused: true,
      },
    },
  },
  resumeCallbacks: {
    answers: {
      '200': {
        paused: false,
        released: 0,
      },
    },
  },
  replayCallbacks: {
    request: {
      from: '2026-01-01T08:00:00Z',
      to: '2026-01-01T09:30:00Z',
    },
    answers: {
      '200': {
        started: 0,
        stillRunning: 0,
        skipped: 0,
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Invalid data.',
        properties: {
          trackingId: 'or from and to must be given, and not both',
        },
      },
    },
  },
  listVerifications: {
    answers: {
      '200': {
        content: [
          {
            trackingId: 'ba8745f3-4802-4e1c-a1c2-14d4d54b825a',
            accountId: '649b80f4a4c34b3d5d12e3b9',
            applicationId: '77b1ba4426bdd2a6d0d800a2',
            status: 'Verified',
            method: 'sms',
            recipient: '+30***943',
            country: 'GR',
            price: 0.045,
            currency: 'EUR',
            parts: 1,
            sends: 1,
            timesTried: 1,
            maxRetries: 3,
            startedAt: '2026-12-01T04:08:59.770Z',
            updatedAt: '2026-12-01T04:09:00.810Z',
            expiresAt: '2026-12-01T04:13:59.770Z',
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 1,
        number: 0,
      },
    },
  },
  searchVerifications: {
    request: {
      recipient: '+306948530943',
    },
    answers: {
      '200': {
        content: [
          {
            trackingId: 'ba8745f3-4802-4e1c-a1c2-14d4d54b825a',
            accountId: '649b80f4a4c34b3d5d12e3b9',
            applicationId: '77b1ba4426bdd2a6d0d800a2',
            status: 'Verified',
            method: 'sms',
            recipient: '+30***943',
            country: 'GR',
            price: 0.045,
            currency: 'EUR',
            parts: 1,
            sends: 1,
            timesTried: 1,
            maxRetries: 3,
            startedAt: '2026-12-01T04:08:59.770Z',
            updatedAt: '2026-12-01T04:09:00.810Z',
            expiresAt: '2026-12-01T04:13:59.770Z',
          },
        ],
      },
    },
  },
  readVerification: {
    answers: {
      '200': {
        trackingId: 'ba8745f3-4802-4e1c-a1c2-14d4d54b825a',
        status: 'Verified',
        why: 'right answer at try 1',
        recipient: '+30***943',
        country: 'GR',
        method: 'sms',
        price: 0.045,
        charged: 0.045,
        currency: 'EUR',
        rules: {
          lifetimeInSeconds: 300,
          maxRetries: 3,
          digits: 5,
          originator: 'Acme',
          originatorFrom: "the application's default",
          templateFrom: "the application's translation for GR",
        },
        callback: 'delivered',
        events: [
          {
            at: '2026-12-01T04:09:00.111Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved; may be answered until 2026-12-01T04:13:59.770Z; 5 digits, 3 retries; sender Acme of the application's default, template of the application's translation for GR",
          },
          {
            at: '2026-12-01T04:09:00.390Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox',
          },
          {
            at: '2026-12-01T04:09:00.406Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-12-01T04:09:00.810Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 1',
          },
          {
            at: '2026-12-01T04:09:01.309Z',
            event: 'callback',
            sentence: 'Callback attempt 1: delivered',
          },
        ],
        accountId: '649b80f4a4c34b3d5d12e3b9',
        applicationId: '77b1ba4426bdd2a6d0d800a2',
      },
      '404000000': {
        code: '404000000',
        developerMessage: 'There is no such verification.',
        properties: {
          trackingId: 'is unknown',
        },
      },
    },
  },
  listEvents: {
    answers: {
      '200': {
        content: [
          {
            id: '649b80f4a4c34b3d5d12e3b9:lowBalance:2',
            at: '2026-12-01T04:08:54.974Z',
            kind: 'lowBalance',
            accountId: '649b80f4a4c34b3d5d12e3b9',
            sentence: 'The balance fell to 49.955 EUR, below the mark of 49.98 EUR',
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  readAuditTrail: {
    answers: {
      '200': {
        content: [
          {
            id: 'ecfa6861-39f5-4630-bea6-9d7fbd7a5901',
            at: '2026-12-01T04:08:54.746Z',
            actor: 'Maria',
            operatorId: '5a806b2b35a680c6bdc6d68a',
            action: 'account.change',
            details: {
              accountId: '649b80f4a4c34b3d5d12e3b9',
              before: {
                name: 'Acme',
              },
              after: {
                name: 'Acme Ltd',
              },
            },
          },
        ],
        totalPages: 1,
        totalElements: 1,
        last: true,
        first: true,
        numberOfElements: 1,
        size: 20,
        number: 0,
      },
    },
  },
  deleteApplication: {
    answers: {
      '200': {
        applicationId: '77b1ba4426bdd2a6d0d800a2',
        accountId: '649b80f4a4c34b3d5d12e3b9',
        name: 'Web shop',
        disabled: true,
        secrets: [],
        createdAt: '2026-12-01T04:08:55.043Z',
      },
    },
  },
};
