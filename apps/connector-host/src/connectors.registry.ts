import { callCenter } from '@repartee/connector-call-center';
import { directMailFile } from '@repartee/connector-direct-mail-file';
import { emailSmtp } from '@repartee/connector-email-smtp';
import { kiosk } from '@repartee/connector-kiosk';
import { smsTwilio } from '@repartee/connector-sms-twilio';
import { web } from '@repartee/connector-web';
import { webPush } from '@repartee/connector-web-push';
import { webhook } from '@repartee/connector-webhook';

/** The connectors this process can run: the one place that names them. */
export const connectors = [
  callCenter,
  directMailFile,
  emailSmtp,
  kiosk,
  smsTwilio,
  web,
  webPush,
  webhook,
] as const;
