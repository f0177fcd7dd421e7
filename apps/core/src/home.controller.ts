import { Controller, Get, Res } from '@nestjs/common';
import { ApiDoc, Open } from '@repartee/platform';
import type { FastifyReply } from 'fastify';

@Controller()
export class HomeController {
  @Get()
  @Open('leads to the shop')
  @ApiDoc({ summary: 'Leads to the shop', hidden: true })
  home(@Res() reply: FastifyReply) {
    return reply.redirect('/shop', 302);
  }
}
