import { OpenApiJudge, type Exchange } from './openapi-judge.js';

const judge = new OpenApiJudge({
  openapi: '3.0.1',
  paths: {
    '/things/{Id}.json': {
      post: {
        parameters: [
          { name: 'Id', in: 'path', schema: { type: 'string', pattern: '^T\\d$' } },
          { name: 'Size', in: 'query', schema: { type: 'integer', maximum: 9 } },
        ],
        requestBody: {
          content: {
            'application/x-www-form-urlencoded': {
              schema: { type: 'object', properties: { Url: { type: 'string', format: 'uri' } } },
            },
          },
        },
        responses: {
          '201': { content: { 'application/json': { schema: { $ref: '#/components/schemas/thing' } } } },
        },
      },
    },
  },
  components: {
    schemas: {
      thing: {
        type: 'object',
        properties: {
          made: { type: 'string', format: 'date-time-rfc-2822', nullable: true },
          parts: { type: 'array', items: { $ref: '#/components/schemas/part' } },
        },
      },
      part: { type: 'object', properties: { count: { type: 'integer' } } },
    },
  },
});
const fine: Exchange = {
  method: 'POST',
  url: '/things/T1.json?Size=3',
  form: new URLSearchParams({ Url: 'https://shop.example/a' }),
  status: 201,
  answer: { made: 'Fri, 24 May 2019 17:44:46 +0000', parts: [{ count: 1 }] },
};

describe('the judge', () => {
  it('has nothing to say of what is as the document says', () => {
    expect(judge.problemsOf(fine)).toEqual([]);
    expect(judge.problemsOf({ ...fine, answer: { made: null, parts: [] } })).toEqual([]);
  });

  it.each<[Partial<Exchange>, string]>([
    [{ method: 'GET' }, 'GET /things/T1.json is not in the document'],
    [{ url: '/others' }, 'POST /others is not in the document'],
    [{ url: '/things/X.json' }, 'path Id must match pattern "^T\\d$"'],
    [{ url: '/things/T1.json?Size=10' }, 'query Size must be <= 9'],
    [{ url: '/things/T1.json?size=1' }, 'query size is not in the document'],
    [{ form: new URLSearchParams({ Url: 'nowhere' }) }, 'form Url must match format "uri"'],
    [{ form: new URLSearchParams({ Uri: '/' }) }, 'form Uri is not in the document'],
    [{ status: 200 }, 'the status 200 is not in the document'],
    [{ answer: { made: '2019-05-24', parts: [] } }, 'answer/made must match format "date-time-rfc-2822"'],
    [{ answer: { made: null } }, 'answer/parts is missing'],
    [
      { answer: { made: null, parts: [{ count: 1, more: 1 }] } },
      'answer/parts/0/more is not in the document',
    ],
  ])('finds %#', (change, problem) => {
    expect(judge.problemsOf({ ...fine, ...change })).toEqual([problem]);
  });
});
