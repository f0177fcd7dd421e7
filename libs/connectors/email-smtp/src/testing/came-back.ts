/** Mails that came back or in, as mail systems of different make write them. */

const mail = (headers: string[], ...body: string[]) =>
  Buffer.from([...headers, '', ...body, ''].join('\r\n'));

/** Our message as a report returns it. */
const returned = (returnPath: string, messageId: string) => [
  `Return-Path: <${returnPath}>`,
  'From: Shop <shop@example.com>',
  'To: gone@example.org',
  `Message-ID: ${messageId}`,
  'Subject: Tea',
  '',
  'Your order could not be delivered 550 5.1.1',
];

export interface Report {
  to: string;
  status?: string;
  action?: string;
  diagnostic?: string;
  messageId?: string;
  /** Where the returned message came from; `to` unless told. */
  returnPath?: string;
}

/** RFC 3464, in the order in which Postfix writes it. */
export function deliveryReport(report: Report): Buffer {
  const { to, status = '5.1.1', action = 'failed', diagnostic = 'smtp; 550 5.1.1 no such user' } = report;
  const { messageId = `<${'0'.repeat(40)}@example.com>`, returnPath = to } = report;
  return mail(
    [
      'Return-Path: <>',
      'Date: Tue, 2 Jan 2029 03:04:05 +0000 (UTC)',
      'From: MAILER-DAEMON@mx.example.net (Mail Delivery System)',
      'Subject: Undelivered Mail Returned to Sender',
      `To: ${to}`,
      'Auto-Submitted: auto-replied',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="B=_1"',
    ],
    '--B=_1',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'I am sorry to have to inform you.',
    '--B=_1',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example.net',
    'Arrival-Date: Tue, 2 Jan 2029 03:04:00 +0000 (UTC)',
    '',
    'Final-Recipient: rfc822; gone@example.org',
    'Original-Recipient: rfc822;gone@example.org',
    `Action: ${action}`,
    `Status: ${status}`,
    'Remote-MTA: dns; mx.example.org',
    `Diagnostic-Code: ${diagnostic.replaceAll('\n', '\r\n    ')}`,
    '--B=_1',
    'Content-Type: message/rfc822',
    '',
    ...returned(returnPath, messageId),
    '--B=_1--',
  );
}

/** RFC 5965, as feedback loops send it: to a fixed address, the message below. */
export function feedbackReport(of: { returnPath: string; type?: string; messageId?: string }): Buffer {
  const { returnPath, type = 'abuse', messageId = `<${'0'.repeat(40)}@example.com>` } = of;
  return mail(
    [
      'From: <fbl@isp.example.net>',
      'To: <complaints@example.com>',
      'Subject: FW: Tea',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=feedback-report; boundary="F1"',
    ],
    '--F1',
    'Content-Type: text/plain',
    '',
    'This is an abuse report.',
    '--F1',
    'Content-Type: message/feedback-report',
    '',
    `Feedback-Type: ${type}`,
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    `Original-Mail-From: <${returnPath}>`,
    '--F1',
    'Content-Type: message/rfc822',
    '',
    ...returned(returnPath, messageId),
    '--F1--',
  );
}

/** A mail of a person, or of somebody who passes for one. */
export function plainMail(to: string, text: string, headers: Record<string, string> = {}): Buffer {
  const all = {
    From: 'Ann <ann@example.org>',
    To: to,
    Subject: 'Re: Tea',
    'Message-ID': '<1@example.org>',
    ...headers,
  };
  return mail(
    Object.entries(all).map(([name, value]) => `${name}: ${value}`),
    ...text.split('\n'),
  );
}
