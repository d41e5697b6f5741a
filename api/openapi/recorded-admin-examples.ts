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
        operatorId: 'd50d5d3e5ee18d5c424cac87',
        name: 'Support',
        scopes: ['verifications:read', 'audit:read'],
        state: 'active',
        createdAt: '2026-12-01T03:48:44.290Z',
        createdBy: 'Maria',
        createdById: '9234ccacfaa36f468677a74c',
        lastUsedAt: null,
        expiresAt: '2099-12-31T00:00:00.000Z',
        token: 'twop_d50d5d3e…',
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
            operatorId: 'd50d5d3e5ee18d5c424cac87',
            name: 'Support',
            scopes: ['verifications:read', 'audit:read'],
            state: 'active',
            createdAt: '2026-12-01T03:48:44.290Z',
            createdBy: 'Maria',
            createdById: '9234ccacfaa36f468677a74c',
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
        operatorId: 'd50d5d3e5ee18d5c424cac87',
        name: 'Support',
        scopes: ['verifications:read', 'audit:read'],
        state: 'revoked',
        createdAt: '2026-12-01T03:48:44.290Z',
        createdBy: 'Maria',
        createdById: '9234ccacfaa36f468677a74c',
        lastUsedAt: null,
        expiresAt: '2099-12-31T00:00:00.000Z',
        revokedAt: '2026-12-01T03:48:45.340Z',
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
        accountId: '9628692929515153ac760bb1',
        name: 'Acme',
        currency: 'EUR',
        closed: false,
        balance: 0,
        creditLimit: 0,
        lowBalance: 'none',
        createdAt: '2026-12-01T03:48:45.663Z',
      },
    },
  },
  listAccounts: {
    answers: {
      '200': {
        content: [
          {
            accountId: '9628692929515153ac760bb1',
            name: 'Acme',
            currency: 'EUR',
            closed: false,
            balance: 0,
            creditLimit: 0,
            lowBalance: 'none',
            createdAt: '2026-12-01T03:48:45.663Z',
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
        accountId: '9628692929515153ac760bb1',
        name: 'Acme',
        currency: 'EUR',
        closed: false,
        balance: 0,
        creditLimit: 0,
        lowBalance: 'none',
        createdAt: '2026-12-01T03:48:45.663Z',
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
        accountId: '9628692929515153ac760bb1',
        name: 'Acme Ltd',
        currency: 'EUR',
        closed: false,
        balance: 0,
        creditLimit: 0,
        lowBalance: 'none',
        createdAt: '2026-12-01T03:48:45.663Z',
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
        id: '9628692929515153ac760bb1:topUp:a8af23773d685ffeb678239024ebb03d',
        number: 1,
        kind: 'topUp',
        amount: 50,
        balanceBefore: 0,
        balanceAfter: 50,
        date: '2026-12-01T03:48:46.309Z',
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
        accountId: '9628692929515153ac760bb1',
        name: 'Acme Ltd',
        currency: 'EUR',
        closed: false,
        balance: 50,
        creditLimit: 10,
        lowBalance: 49.98,
        createdAt: '2026-12-01T03:48:45.663Z',
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
        id: '9628692929515153ac760bb1:adjustment:e3b290e01acdde66f8f3ea6d6c53f293',
        number: 2,
        kind: 'adjustment',
        amount: -0.045,
        balanceBefore: 50,
        balanceAfter: 49.955,
        date: '2026-12-01T03:48:46.420Z',
        reference: 'Ticket 12',
      },
    },
  },
  readLedgerOfAccount: {
    answers: {
      '200': {
        content: [
          {
            id: '9628692929515153ac760bb1:adjustment:e3b290e01acdde66f8f3ea6d6c53f293',
            number: 2,
            kind: 'adjustment',
            amount: -0.045,
            balanceBefore: 50,
            balanceAfter: 49.955,
            date: '2026-12-01T03:48:46.420Z',
            reference: 'Ticket 12',
          },
          {
            id: '9628692929515153ac760bb1:topUp:a8af23773d685ffeb678239024ebb03d',
            number: 1,
            kind: 'topUp',
            amount: 50,
            balanceBefore: 0,
            balanceAfter: 50,
            date: '2026-12-01T03:48:46.309Z',
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
      accountId: '9628692929515153ac760bb1',
      name: 'Shop',
    },
    answers: {
      '200': {
        applicationId: '707c1ae0d452670b618ce2a4',
        accountId: '9628692929515153ac760bb1',
        name: 'Shop',
        disabled: false,
        secrets: [
          {
            secretId: 'c59df417bd8d',
            createdAt: '2026-12-01T03:48:46.566Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T03:48:46.566Z',
        applicationSecret: 'KR6nJE…',
      },
    },
  },
  listApplications: {
    answers: {
      '200': {
        content: [
          {
            applicationId: '707c1ae0d452670b618ce2a4',
            accountId: '9628692929515153ac760bb1',
            name: 'Shop',
            disabled: false,
            secrets: [
              {
                secretId: 'c59df417bd8d',
                createdAt: '2026-12-01T03:48:46.566Z',
                lastUsedAt: null,
              },
            ],
            createdAt: '2026-12-01T03:48:46.566Z',
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
        applicationId: '707c1ae0d452670b618ce2a4',
        accountId: '9628692929515153ac760bb1',
        name: 'Shop',
        disabled: false,
        secrets: [
          {
            secretId: 'c59df417bd8d',
            createdAt: '2026-12-01T03:48:46.566Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T03:48:46.566Z',
      },
    },
  },
  changeApplication: {
    request: {
      name: 'Web shop',
    },
    answers: {
      '200': {
        applicationId: '707c1ae0d452670b618ce2a4',
        accountId: '9628692929515153ac760bb1',
        name: 'Web shop',
        disabled: false,
        secrets: [
          {
            secretId: 'c59df417bd8d',
            createdAt: '2026-12-01T03:48:46.566Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T03:48:46.566Z',
      },
    },
  },
  addSecret: {
    answers: {
      '200': {
        secretId: '7528b1b13ca6',
        applicationSecret: 'ibBgY2…',
      },
    },
  },
  removeSecret: {
    answers: {
      '200': {
        applicationId: '707c1ae0d452670b618ce2a4',
        accountId: '9628692929515153ac760bb1',
        name: 'Web shop',
        disabled: false,
        secrets: [
          {
            secretId: 'c59df417bd8d',
            createdAt: '2026-12-01T03:48:46.566Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T03:48:46.566Z',
      },
    },
  },
  rotateSecret: {
    request: {
      graceSeconds: 3600,
    },
    answers: {
      '200': {
        secretId: 'f53395afc25e',
        applicationSecret: 'MS4w0W…',
        application: {
          applicationId: '707c1ae0d452670b618ce2a4',
          accountId: '9628692929515153ac760bb1',
          name: 'Web shop',
          disabled: false,
          secrets: [
            {
              secretId: 'f53395afc25e',
              createdAt: '2026-12-01T03:48:47.854Z',
              lastUsedAt: null,
            },
            {
              secretId: 'c59df417bd8d',
              createdAt: '2026-12-01T03:48:46.566Z',
              endsAt: '2026-12-01T04:48:47.854Z',
              lastUsedAt: null,
            },
          ],
          createdAt: '2026-12-01T03:48:46.566Z',
        },
      },
    },
  },
  revokeTokens: {
    answers: {
      '200': {
        applicationId: '707c1ae0d452670b618ce2a4',
        accountId: '9628692929515153ac760bb1',
        name: 'Web shop',
        disabled: false,
        secrets: [
          {
            secretId: 'f53395afc25e',
            createdAt: '2026-12-01T03:48:47.854Z',
            lastUsedAt: null,
          },
          {
            secretId: 'c59df417bd8d',
            createdAt: '2026-12-01T03:48:46.566Z',
            endsAt: '2026-12-01T04:48:47.854Z',
            lastUsedAt: null,
          },
        ],
        createdAt: '2026-12-01T03:48:46.566Z',
      },
    },
  },
  changeSettings: {
    request: {
      digits: 5,
      originator: 'Acme',
      callbackUrl: 'http://127.0.0.1:33383/callbacks',
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
        translations: {
          GR: {
            sms: 'Ο κωδικός σου: @@pin',
            voice: {
              text: 'Ο κωδικός σου είναι @@pin',
              language: 'el-GR',
            },
          },
        },
        callbackUrl: 'http://127.0.0.1:33383/callbacks',
        callbackPaused: false,
        signingSecrets: [
          {
            secretId: '423f4bbdef08',
            createdAt: '2026-12-01T03:48:48.386Z',
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
        signingSecret: 'whsec_kFhA…',
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
        translations: {
          GR: {
            sms: 'Ο κωδικός σου: @@pin',
            voice: {
              text: 'Ο κωδικός σου είναι @@pin',
              language: 'el-GR',
            },
          },
        },
        callbackUrl: 'http://127.0.0.1:33383/callbacks',
        callbackPaused: false,
        signingSecrets: [
          {
            secretId: '423f4bbdef08',
            createdAt: '2026-12-01T03:48:48.386Z',
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
        secretId: '6b3decef7f27',
        signingSecret: 'whsec_MN2C…',
      },
    },
  },
  removeSigningSecret: {
    answers: {
      '200': {
        signingSecrets: [
          {
            secretId: '6b3decef7f27',
            createdAt: '2026-12-01T03:48:49.202Z',
          },
        ],
      },
    },
  },
  addSigningSecret: {
    answers: {
      '200': {
        secretId: '62ee76e5f186',
        signingSecret: 'whsec_mblk…',
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
        createdAt: '2026-12-01T03:48:51.671Z',
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
        createdAt: '2026-12-01T03:48:51.671Z',
        workers: [
          {
            worker: '7@worker-1',
            state: 'closed',
            since: '2026-12-01T03:48:53.323Z',
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
            createdAt: '2026-12-01T03:48:51.671Z',
            workers: [
              {
                worker: '7@worker-1',
                state: 'closed',
                since: '2026-12-01T03:48:53.323Z',
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
        createdAt: '2026-12-01T03:48:51.671Z',
        workers: [
          {
            worker: '7@worker-1',
            state: 'closed',
            since: '2026-12-01T03:48:53.323Z',
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
        createdAt: '2026-12-01T03:48:51.671Z',
        workers: [
          {
            worker: '7@worker-1',
            state: 'closed',
            since: '2026-12-01T03:48:53.323Z',
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
        createdAt: '2026-12-01T03:48:51.671Z',
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
            trackingId: '512ccb56-9bc0-4e93-93f1-cb79ab00d9d8',
            accountId: '9628692929515153ac760bb1',
            applicationId: '707c1ae0d452670b618ce2a4',
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
            startedAt: '2026-12-01T03:48:57.983Z',
            updatedAt: '2026-12-01T03:49:00.667Z',
            expiresAt: '2026-12-01T03:53:57.983Z',
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
            trackingId: '512ccb56-9bc0-4e93-93f1-cb79ab00d9d8',
            accountId: '9628692929515153ac760bb1',
            applicationId: '707c1ae0d452670b618ce2a4',
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
            startedAt: '2026-12-01T03:48:57.983Z',
            updatedAt: '2026-12-01T03:49:00.667Z',
            expiresAt: '2026-12-01T03:53:57.983Z',
          },
        ],
      },
    },
  },
  readVerification: {
    answers: {
      '200': {
        trackingId: '512ccb56-9bc0-4e93-93f1-cb79ab00d9d8',
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
            at: '2026-12-01T03:48:58.576Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved; may be answered until 2026-12-01T03:53:57.983Z; 5 digits, 3 retries; sender Acme of the application's default, template of the application's translation for GR",
          },
          {
            at: '2026-12-01T03:48:59.458Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox',
          },
          {
            at: '2026-12-01T03:48:59.502Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-12-01T03:49:00.667Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 1',
          },
          {
            at: '2026-12-01T03:49:01.483Z',
            event: 'callback',
            sentence: 'Callback attempt 1: delivered',
          },
        ],
        accountId: '9628692929515153ac760bb1',
        applicationId: '707c1ae0d452670b618ce2a4',
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
            id: '9628692929515153ac760bb1:lowBalance:2',
            at: '2026-12-01T03:48:46.420Z',
            kind: 'lowBalance',
            accountId: '9628692929515153ac760bb1',
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
            id: 'f97b84a8-653d-46b2-9bff-62a2c4ab90d1',
            at: '2026-12-01T03:48:46.042Z',
            actor: 'Maria',
            operatorId: '9234ccacfaa36f468677a74c',
            action: 'account.change',
            details: {
              accountId: '9628692929515153ac760bb1',
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
        applicationId: '707c1ae0d452670b618ce2a4',
        accountId: '9628692929515153ac760bb1',
        name: 'Web shop',
        disabled: true,
        secrets: [],
        createdAt: '2026-12-01T03:48:46.566Z',
      },
    },
  },
};
