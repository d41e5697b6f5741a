// Real answers, recorded by `npm run examples:record`; never edited by hand.
import type { OperationExamples } from './examples.ts';

export const recordedExamples: Readonly<Record<string, OperationExamples>> = {
  createToken: {
    answers: {
      '200': {
        access_token: 'eyJhbGciOiJIUzI1NiIs…',
        token_type: 'bearer',
        expires_in: 3600,
        scope: '2step account',
        permissions: ['MT_ROLE_2STEP', 'MT_ROLE_ACCOUNT_FINANCE'],
      },
      '400': {
        error: 'unsupported_grant_type',
        error_description: 'Only client_credentials is supported',
      },
      '401': {
        timestamp: '2026-12-01T03:49:02.961Z',
        status: 401,
        error: 'Unauthorized',
        message: 'Unknown application id or secret',
        path: '/oauth/token',
      },
    },
    request: {
      grant_type: 'client_credentials',
    },
  },
  startVerification: {
    request: {
      method: 'sms',
      recipient: '+306948530920',
      template: 'Hello @@name, your code is @@pin',
      arguments: {
        name: 'Zoe',
      },
    },
    answers: {
      '200': {
        trackingId: '807b4d41-88f4-48c8-9f09-1e72537b3e87',
        status: 'Pending',
        updatedAt: '2026-12-01T03:49:03.234Z',
        maxRetries: 3,
        expiresAt: '2026-12-01T03:54:03.082Z',
        timesTried: 0,
      },
      '400001009': {
        code: '400001009',
        developerMessage: 'Insufficient Balance.',
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          recipient: 'must be + and 7 to 15 digits, in international format',
          digits: 'must be an integer from 4 to 10',
        },
      },
      '400011001': {
        code: '400011001',
        developerMessage: 'Invalid message template.',
        properties: {
          template: 'must contain @@pin, the place of the code',
        },
      },
      '401000000': {
        code: '401000000',
        developerMessage: 'Missing, malformed or expired access token',
      },
      '409000000': {
        code: '409000000',
        developerMessage: 'This Idempotency-Key was used with another body',
      },
    },
  },
  readSandboxMessages: {
    answers: {
      '200': [
        {
          trackingId: '807b4d41-88f4-48c8-9f09-1e72537b3e87',
          recipient: '+306948530920',
          originator: 'Twostep',
          method: 'sms',
          text: 'Hello Zoe, your code is 069934',
          sentAt: '2026-12-01T03:49:04.398Z',
        },
      ],
    },
  },
  resendVerification: {
    request: {
      method: 'voice',
    },
    answers: {
      '429000000': {
        code: '429000000',
        developerMessage: 'Too many requests, see Retry-After',
      },
    },
  },
  confirmVerification: {
    answers: {
      '200': {
        trackingId: '807b4d41-88f4-48c8-9f09-1e72537b3e87',
        status: 'Verified',
        updatedAt: '2026-12-01T03:49:06.282Z',
        maxRetries: 3,
        expiresAt: '2026-12-01T03:54:03.082Z',
        timesTried: 2,
      },
      '400011002': {
        code: '400011002',
        developerMessage: 'Verification is not in pending state.',
      },
      '400011004': {
        code: '400011004',
        developerMessage: 'Verification max retries reached.',
      },
      '400011005': {
        code: '400011005',
        developerMessage: 'Wrong answer provided.',
      },
      '404011006': {
        code: '404011006',
        developerMessage: "The verification with the specified tracking id doesn't exist.",
      },
    },
    request: {
      answer: '069934',
    },
  },
  readStatus: {
    answers: {
      '200': {
        trackingId: '807b4d41-88f4-48c8-9f09-1e72537b3e87',
        status: 'Verified',
        updatedAt: '2026-12-01T03:49:06.282Z',
        maxRetries: 3,
        expiresAt: '2026-12-01T03:54:03.082Z',
        timesTried: 2,
      },
      '404011006': {
        code: '404011006',
        developerMessage: "The verification with the specified tracking id doesn't exist.",
      },
    },
  },
  postReceipts: {
    request: {
      messageId: 'a7f3',
      state: 'undelivered',
      reason: 'EXPIRED',
    },
    answers: {
      '200': {
        received: 1,
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          body: 'must be receipts as this type of carrier sends them',
        },
      },
      '404000000': {
        code: '404000000',
        developerMessage: 'No such path',
      },
    },
  },
  getReceipts: {
    answers: {
      '200': {
        received: 1,
      },
    },
  },
  cancelVerification: {
    answers: {
      '200': {
        trackingId: '393c8fc1-ba13-4875-bcc0-05762a748566',
        status: 'Cancelled',
        updatedAt: '2026-12-01T03:49:10.101Z',
        maxRetries: 3,
        expiresAt: '2026-12-01T03:54:09.092Z',
        timesTried: 0,
      },
      '400011002': {
        code: '400011002',
        developerMessage: 'Verification is not in pending state.',
      },
    },
  },
  verificationEnded: {
    request: {
      applicationId: '707c1ae0d452670b618ce2a4',
      trackingId: 'e1ad7784-971d-4dce-a776-5e4975a1cff6',
      recipient: '+12025550199',
      status: 'Verified',
      updatedAt: '2026-12-01T03:48:57.045Z',
    },
  },
  readTimeline: {
    answers: {
      '200': {
        trackingId: '807b4d41-88f4-48c8-9f09-1e72537b3e87',
        status: 'Verified',
        why: 'right answer at try 2',
        recipient: '+30***920',
        country: 'GR',
        method: 'sms',
        price: 0.045,
        charged: 0.045,
        currency: 'EUR',
        rules: {
          lifetimeInSeconds: 300,
          maxRetries: 3,
          digits: 6,
          originator: 'Twostep',
          originatorFrom: "the application's default",
          templateFrom: 'the request',
        },
        callback: 'delivered',
        events: [
          {
            at: '2026-12-01T03:49:03.625Z',
            event: 'opened',
            sentence:
              "Opened; 0.045 EUR reserved; may be answered until 2026-12-01T03:54:03.082Z; 6 digits, 3 retries; sender Twostep of the application's default, template of the request",
          },
          {
            at: '2026-12-01T03:49:04.460Z',
            event: 'accepted',
            sentence: 'Send 1 accepted by sandbox',
          },
          {
            at: '2026-12-01T03:49:04.549Z',
            event: 'charged',
            sentence: '0.045 EUR charged for send 1',
          },
          {
            at: '2026-12-01T03:49:05.836Z',
            event: 'wrongAnswer',
            sentence: 'Wrong answer, 3 tries left',
          },
          {
            at: '2026-12-01T03:49:06.282Z',
            event: 'verified',
            sentence: 'Verified: right answer at try 2',
          },
          {
            at: '2026-12-01T03:49:06.895Z',
            event: 'callback',
            sentence: 'Callback attempt 1: delivered',
          },
        ],
      },
    },
  },
  readBalance: {
    answers: {
      '200': {
        balance: 0.82,
        currency: {
          code: 'EUR',
          name: 'Euro',
          sign: '€',
        },
      },
    },
  },
  readLedger: {
    answers: {
      '200': {
        content: [
          {
            id: '393c8fc1-ba13-4875-bcc0-05762a748566:settle:1',
            number: 9,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.82,
            balanceAfter: 0.82,
            date: '2026-12-01T03:49:09.676Z',
            trackingId: '393c8fc1-ba13-4875-bcc0-05762a748566',
          },
          {
            id: '393c8fc1-ba13-4875-bcc0-05762a748566:reserve:1',
            number: 8,
            kind: 'reserve',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.82,
            date: '2026-12-01T03:49:09.480Z',
            trackingId: '393c8fc1-ba13-4875-bcc0-05762a748566',
          },
          {
            id: '4d9f28fd-9865-4dfc-a50b-14da5425bfbd:settle:1',
            number: 7,
            kind: 'charge',
            amount: 0.045,
            balanceBefore: 0.865,
            balanceAfter: 0.865,
            date: '2026-12-01T03:49:07.776Z',
            trackingId: '4d9f28fd-9865-4dfc-a50b-14da5425bfbd',
          },
        ],
        totalPages: 3,
        totalElements: 9,
        last: false,
        first: true,
        numberOfElements: 3,
        size: 3,
        number: 0,
      },
    },
  },
  readTransactions: {
    answers: {
      '200': {
        content: [
          {
            id: 'account-45b8cda3:topUp:1',
            source: 'Manual',
            transactionType: 'TopUp',
            amount: 1,
            status: 'Completed',
            balanceBefore: 0,
            balanceAfter: 1,
            date: '2026-12-01T03:49:02.579Z',
            actions: [],
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
  readPrices: {
    answers: {
      '200': {
        sms: [
          {
            mcc: '202',
            country: 'Greece',
            iso: 'GR',
            networks: [
              {
                network: 'All networks',
                mnc: '',
                price: 0.045,
              },
            ],
          },
        ],
        lookup: {
          PerRequest: 0,
        },
        twoStep: {
          SmsVerification: 0.045,
          VoiceVerification: 0.055,
        },
        currency: {
          code: 'EUR',
          name: 'Euro',
          sign: '€',
        },
      },
      '400005000': {
        code: '400005000',
        developerMessage: 'Sms contains invalid data.',
        properties: {
          currency: "must be EUR, the account's currency",
        },
      },
    },
  },
  readAccountReport: {
    answers: {
      '200': {
        total: 4,
        totals: {
          Pending: 1,
          Verified: 1,
          Cancelled: 1,
          Expired: 0,
          Failed: 1,
        },
        perCountry: {
          GR: {
            Pending: 1,
            Verified: 1,
            Cancelled: 1,
            Expired: 0,
            Failed: 1,
          },
        },
        conversionRate: 0.333,
        secondsToVerify: 3.2,
      },
    },
  },
  readApplicationReport: {
    answers: {
      '200': {
        applicationId: '89475cd0970fe586b4e2c241',
        total: 4,
        totals: {
          Pending: 1,
          Verified: 1,
          Cancelled: 1,
          Expired: 0,
          Failed: 1,
        },
        perCountry: {
          GR: {
            Pending: 1,
            Verified: 1,
            Cancelled: 1,
            Expired: 0,
            Failed: 1,
          },
        },
        conversionRate: 0.333,
        secondsToVerify: 3.2,
      },
      '404010002': {
        code: '404010002',
        developerMessage: 'Application not found.',
      },
    },
  },
  live: {
    answers: {
      '200': {
        status: 'ok',
      },
    },
  },
  ready: {
    answers: {
      '200': {
        status: 'ok',
        checks: {
          mongodb: true,
          temporal: true,
        },
      },
    },
  },
};
