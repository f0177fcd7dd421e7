import { kioskTreatment, type CompiledKioskContent, type KioskContent } from './kiosk-treatment.js';

const tools = { resources: undefined, signal: new AbortController().signal };

async function compiled(content: KioskContent): Promise<CompiledKioskContent> {
  const result = await kioskTreatment.compile(kioskTreatment.schema.parse(content), tools);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

describe('content of kiosks', () => {
  it('renders a zone for a person', async () => {
    const content = await compiled({
      headline: 'Hello {{ profile.traits.firstName | default: "you" }}',
      body: '{{ offer.name }}',
      image: '/images/{{ offer.key }}.png',
      accept: 'Take {{ offer.name }}',
      voucher: { text: 'Show it at the counter', code: '{{ offer.key | upcase }}' },
      terms: 'Once each',
    });
    const data = { profile: { traits: { firstName: 'Ann <b>' } }, offer: { key: 'tea', name: 'Tea' } };
    expect(kioskTreatment.render(content, data)).toEqual({
      headline: 'Hello Ann <b>',
      body: 'Tea',
      image: '/images/tea.png',
      accept: 'Take Tea',
      voucher: { text: 'Show it at the counter', code: 'TEA' },
      terms: 'Once each',
    });
  });

  it('gives back content without Liquid as it is', async () => {
    const content = await compiled({ headline: 'Hello' });
    expect(kioskTreatment.render(content, {})).toBe(content.content);
  });

  it('leaves an image out that a person’s data made unsafe', async () => {
    const content = await compiled({ headline: 'Hi', image: '{{ profile.traits.avatar }}' });
    const data = { profile: { traits: { avatar: 'javascript:alert(1)' } } };
    expect(kioskTreatment.render(content, data)).toEqual({ headline: 'Hi' });
  });

  it('names what does not compile by pointer', async () => {
    const broken = {
      headline: '{{ b | nope }}',
      image: 'data:x',
      voucher: { text: '{% if %}', code: '{{' },
    };
    const result = await kioskTreatment.compile(broken, tools);
    expect(result.ok ? [] : result.failure.map(({ pointer }) => pointer)).toEqual([
      '#/headline',
      '#/voucher/text',
      '#/voucher/code',
      '#/image',
    ]);
  });
});
