import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { fail, failure } from '@repartee/contracts';
import { Catalogue, OfferTokens } from '@repartee/decisioning';
import type { OfferToken } from '@repartee/decisioning/domain';
import { MessageTokens } from '@repartee/delivery';
import { ApiDoc, Clock, CONFIG, type Config, newId, Open, orThrow } from '@repartee/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Respond } from '../respond/respond.js';
import { LinkVisits } from './link-visits.js';
import { escapeHtml, page, PAGE_HEADERS } from './page.js';

/** A transparent GIF of one pixel. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Links inside messages. They live for years: retired offers, merged people and rotated keys do not break them. */
@Controller()
export class LinksController {
  constructor(
    @Inject(OfferTokens) private readonly offers: OfferTokens,
    @Inject(MessageTokens) private readonly messages: MessageTokens,
    @Inject(Respond) private readonly responses: Respond,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(LinkVisits) private readonly visits: LinkVisits,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('r/:token')
  @Open('the signed token in the link says who and what')
  @ApiDoc({ summary: 'A click on an offer', tags: ['Links'] })
  async click(@Param('token') token: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const offer = this.offers.open(token);
    if (!offer)
      return orThrow(fail(failure('LINK.INVALID', 'The link is not complete, or was not made here.')));
    const humanProbability = await this.visits.clicked(offer.profileId, token, request);
    orThrow(await this.responses.respond({ responseId: newId(), token, type: 'click', humanProbability }));
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    if (this.clock.now() < offer.validUntil) return reply.redirect(this.landing(offer.offer), 302);
    return reply.headers(PAGE_HEADERS).send(await this.replacement(offer));
  }

  @Get('o/:token')
  @Open('the signed token in the link says who and what')
  @ApiDoc({ summary: 'The open pixel of a message, or the display of an offer', tags: ['Links'] })
  async open(@Param('token') file: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const token = file.replace(/\.gif$/, '');
    const message = this.messages.open(token);
    const offer = message ? null : this.offers.open(token);
    if (message) orThrow(await this.visits.opened(message, request));
    else if (offer) {
      const responseId = `pixel:${offer.offer}`;
      orThrow(await this.responses.respond({ responseId, token, type: 'impression' }));
    }
    return reply.headers({ 'content-type': 'image/gif', 'cache-control': 'no-store, private' }).send(PIXEL);
  }

  /** An expired offer shows what took its place, never an error. */
  private async replacement(offer: OfferToken): Promise<string> {
    const instead = await this.responses.replacement(offer);
    const name = instead && this.catalogue.snapshot.offersByKey.get(instead.offer)?.name;
    const href = escapeHtml(instead ? instead.links.click : this.landing(null));
    const what = name ? `<p>Instead we have for you: <strong>${escapeHtml(name)}</strong></p>` : '';
    return page('This offer has ended', `${what}<p><a class="button" href="${href}">Have a look</a></p>`);
  }

  private landing(offer: string | null): string {
    const url = offer === null ? null : this.catalogue.snapshot.offersByKey.get(offer)?.url;
    return new URL(url ?? '/shop/', this.config.publicUrl).href;
  }
}
