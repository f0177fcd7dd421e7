import { escapeHtml } from '@repartee/connector-sdk';
import type { Action, MessageLinks } from '@repartee/contracts';
import type { RenderedEmail } from './email-content.js';

const FOOTER_STYLE =
  'font-family:sans-serif;font-size:12px;line-height:1.5;color:#666;text-align:center;padding:16px';

/** Adds what a marketing mail must have and its template may lack, and the image that tells of an opening. */
export function furnish(email: RenderedEmail, action: Pick<Action, 'class' | 'links'>): RenderedEmail {
  const { subject } = email;
  let { html, text } = email;
  const links = action.class === 'marketing' ? footerLinks(action.links) : [];
  const lackedBy = (part: string) => links.filter(({ url }) => !holds(part, url));
  if (lackedBy(html).length > 0) html = beforeBodyEnd(html, footerHtml(lackedBy(html)));
  const lines = lackedBy(text).map(({ label, url }) => `${label}: ${url}`);
  if (lines.length > 0) text = `${text}\n\n${lines.join('\n')}\n`;
  const { open } = action.links;
  if (open !== undefined) html = beforeBodyEnd(html, openImage(open));
  return { subject, html, text };
}

interface FooterLink {
  label: string;
  url: string;
}

function footerLinks({ unsubscribe, preferences }: MessageLinks): FooterLink[] {
  return [
    ...(unsubscribe === undefined ? [] : [{ label: 'Unsubscribe', url: unsubscribe }]),
    ...(preferences === undefined ? [] : [{ label: 'Preferences', url: preferences }]),
  ];
}

function holds(part: string, url: string): boolean {
  return part.includes(url) || part.includes(escapeHtml(url));
}

function footerHtml(links: FooterLink[]): string {
  const anchors = links.map(
    ({ label, url }) => `<a href="${escapeHtml(url)}" style="color:#666">${label}</a>`,
  );
  return `<div style="${FOOTER_STYLE}">${anchors.join(' &middot; ')}</div>`;
}

function openImage(url: string): string {
  return `<img src="${escapeHtml(url)}" width="1" height="1" alt="" style="display:block;width:1px;height:1px;border:0">`;
}

function beforeBodyEnd(html: string, addition: string): string {
  const end = html.toLowerCase().lastIndexOf('</body>');
  return end < 0 ? html + addition : html.slice(0, end) + addition + html.slice(end);
}
