export { FakeBrowser } from './fake-browser.js';
export { FakePushService, type PushedMessage } from './fake-push-service.js';
