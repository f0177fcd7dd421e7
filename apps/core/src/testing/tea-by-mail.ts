/** One offer that goes by e-mail. */
export const TEA_BY_MAIL = {
  version: 1,
  zones: [{ key: 'email.main', channel: 'email' }],
  offers: [{ key: 'tea', name: 'Tea', value: 1 }],
  treatments: [
    {
      key: 'tea',
      offer: 'tea',
      channel: 'email',
      zones: ['email.main'],
      content: { subject: 'Tea', html: '<p>Tea</p>' },
    },
  ],
};
