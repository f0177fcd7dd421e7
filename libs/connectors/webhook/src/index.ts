export { signWebhook, type SignedHeaders } from './sign-webhook.js';
export { webhook } from './webhook.js';
