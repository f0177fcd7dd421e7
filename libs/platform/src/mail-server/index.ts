export { startMailServer, type MailServer, type MailServerOptions } from './mail-server.js';
