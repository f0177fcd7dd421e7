import { checkFacts } from '@repartee/connector-sdk';
import { receive as factsOf } from './receive.js';
import { ANN, ATTEMPT, contextFor } from './testing/connector-fixture.js';

const BASE = 'https://shop.example/v1/connectors/sms-twilio/webhooks';
const SID = `SM${'a'.repeat(32)}`;
const US = '+15005550006';

function receive(path: string, fields: Record<string, string>, settings = {}) {
  const raw = {
    method: 'POST',
    url: `${BASE}/${path}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: Buffer.from(new URLSearchParams(fields).toString()),
  };
  const received = factsOf(raw, contextFor(settings).settings);
  expect(checkFacts(received.facts).refused).toEqual([]);
  return received;
}
const status = (MessageStatus: string, more = {}, path = `status/${ATTEMPT}`) =>
  receive(path, { MessageSid: SID, MessageStatus, To: ANN, From: US, AccountSid: 'AC', ...more });
const inbound = (Body: string, more = {}, settings = {}) =>
  receive('inbound', { MessageSid: SID, SmsStatus: 'received', From: ANN, To: US, Body, ...more }, settings);

describe('a status', () => {
  it.each([
    ['queued', 'sent'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['undelivered', 'failed'],
    ['failed', 'failed'],
  ])('%s is the receipt %s', (told, ours) => {
    expect(status(told)).toMatchObject({
      reply: { status: 204 },
      facts: [
        {
          kind: 'receipt',
          id: `${SID}:${told}`,
          attemptId: ATTEMPT,
          providerId: SID,
          status: ours,
          address: ANN,
        },
      ],
    });
  });

  it('bounces for good where the number is dead', () => {
    expect(status('undelivered', { ErrorCode: '30005' })?.facts).toMatchObject([
      { status: 'bounced', permanent: true, code: '30005' },
    ]);
    expect(status('undelivered', { ErrorCode: '30003' })?.facts).toMatchObject([
      { status: 'failed', permanent: false, code: '30003' },
    ]);
  });

  it('is an opt-out as well where that is why', () => {
    expect(status('failed', { ErrorCode: '21610' })?.facts).toMatchObject([
      { kind: 'receipt', status: 'failed' },
      { kind: 'opt-out', address: ANN, sender: US },
    ]);
  });

  it('without an attempt names the message; of an unknown kind it says nothing', () => {
    expect(status('sent', {}, 'status/none')?.facts[0]).not.toHaveProperty('attemptId');
    expect(status('toString')?.facts).toEqual([]);
    expect(receive('status/x', { MessageStatus: 'sent' })?.facts).toEqual([]);
  });
});

describe('an answer', () => {
  it('goes into the dialogue; nothing is said in reply', () => {
    const received = inbound('Is it still there? ☕', {
      NumMedia: '1',
      MediaUrl0: 'https://m',
      MediaContentType0: 'image/png',
    });
    expect(received?.facts).toEqual([
      {
        kind: 'message',
        id: SID,
        address: ANN,
        sender: US,
        text: 'Is it still there? ☕',
        providerId: SID,
        media: [{ url: 'https://m', contentType: 'image/png' }],
      },
    ]);
    expect(received?.reply).toMatchObject({
      status: 200,
      body: expect.stringMatching(/<Response><\/Response>$/),
    });
  });

  it.each([
    'STOP',
    'stop',
    ' Stop! ',
    'STOPALL',
    'Stop all',
    'UNSUBSCRIBE',
    'Cancel.',
    'END',
    'quit',
    'REVOKE',
    'OptOut',
    'opt-out',
    'ARRÊT',
  ])('%s opts out, and nothing is said in reply', (word) => {
    const received = inbound(word);
    expect(received?.facts).toEqual([
      { kind: 'opt-out', id: `${SID}:opt-out`, address: ANN, sender: US, scope: 'channel', text: word },
    ]);
    expect(received?.reply.body).not.toContain('Message');
  });

  it.each(['START', 'unstop', 'Start.'])('%s opts in', (word) => {
    expect(inbound(word)?.facts).toMatchObject([{ kind: 'opt-in', address: ANN, sender: US }]);
  });

  it('YES opts in and may answer a question', () => {
    expect(inbound('Yes')?.facts).toMatchObject([{ kind: 'opt-in' }, { kind: 'message', text: 'Yes' }]);
  });

  it.each(['HELP', 'INFO', 'I will stop by tomorrow', 'yes please', 'the end', 'end of story?'])(
    '%s is a message',
    (text) => {
      expect(inbound(text)?.facts).toMatchObject([{ kind: 'message', text }]);
    },
  );

  it('believes Advanced Opt-Out, whatever its words', () => {
    expect(inbound('BAJA', { OptOutType: 'STOP' })?.facts).toMatchObject([{ kind: 'opt-out', text: 'BAJA' }]);
    expect(inbound('ALTA', { OptOutType: 'START' })?.facts).toMatchObject([{ kind: 'opt-in' }]);
    expect(inbound('END', { OptOutType: 'HELP' })?.facts).toMatchObject([{ kind: 'message' }]);
  });

  it('is scoped as the settings say, to the service where there is one', () => {
    const service = `MG${'2'.repeat(32)}`;
    expect(inbound('STOP', { MessagingServiceSid: service }, { optOutScope: 'sender' })?.facts).toMatchObject(
      [{ kind: 'opt-out', sender: service, scope: 'sender' }],
    );
  });

  it('names the brand where that is the scope', () => {
    const settings = { optOutScope: 'brand', brand: 'Fieldnote' };
    expect(inbound('STOP', {}, settings)?.facts).toMatchObject([{ scope: 'brand', brand: 'Fieldnote' }]);
  });

  it.each([
    'please stop texting me',
    "Don't text me again",
    'take me off your list',
    'Wrong number',
    'remove me',
    'no more messages!!',
    'Bitte keine Nachrichten mehr',
    'hören Sie auf zu schreiben',
    'Arrêtez de m’envoyer des messages',
    'ne m’écrivez plus',
    'no quiero más mensajes',
    'deja de enviarme mensajes',
    'non scrivetemi più',
    'basta messaggi',
    'não quero receber mensagens',
    'pare de enviar mensagens',
    'geen berichten meer aub',
    'proszę nie wysyłać',
  ])('“%s” looks like a refusal', (text) => {
    expect(inbound(text)?.facts).toMatchObject([{ kind: 'message', text, looksLikeRefusal: true }]);
  });

  it.each([
    'Thanks!',
    'Can I stop by at five?',
    'Is the tea still there?',
    'Danke, bis morgen',
    'Merci beaucoup',
    'Ok',
    'Gracias',
    'send me the address',
    'Do not send it before Monday',
  ])('“%s” does not', (text) => {
    expect(inbound(text)?.facts[0]).not.toHaveProperty('looksLikeRefusal');
  });

  it('without a sender or an id says nothing', () => {
    expect(receive('inbound', { Body: 'Hi' })?.facts).toEqual([]);
  });
});
