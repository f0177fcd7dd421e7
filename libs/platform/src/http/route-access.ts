import { SetMetadata, type CustomDecorator } from '@nestjs/common';

/** Metadata key under which every route says who may call it. Access reads it and adds rules of its own. */
export const ROUTE_ACCESS = 'repartee:route-access';

/** A route that anybody may call, and why. */
export interface OpenRoute {
  open: true;
  reason: string;
}

/** Public by design. The reason is read by reviewers and by the test that wants a rule for every route. */
export function Open(reason: string): CustomDecorator {
  const rule: OpenRoute = { open: true, reason };
  return SetMetadata(ROUTE_ACCESS, rule);
}
