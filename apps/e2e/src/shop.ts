import type { Locator, Page } from 'playwright-core';

/** The shop as a customer uses it. */
export class Shop {
  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {}

  /** The zone `home.hero`, once it holds what the hub decided. */
  get hero(): Locator {
    return this.page.getByTestId('hero').and(this.page.locator('[data-state]:not([data-state=loading])'));
  }

  heroWith(offer: string): Locator {
    return this.page.locator(`[data-testid=hero][data-offer="${offer}"]`);
  }

  async enter(path = '/'): Promise<void> {
    await this.page.goto(`${this.url}/shop${path}`);
    await this.page.getByTestId('home-link').waitFor();
  }

  async goHome(): Promise<void> {
    await this.page.getByTestId('home-link').click();
    await this.hero.waitFor();
  }

  async look(productId: string): Promise<void> {
    await this.goHome();
    await this.page.getByTestId(`product-${productId}`).getByRole('link').click();
    await this.page.getByTestId('product-name').waitFor();
  }

  async putInCart(productId: string): Promise<void> {
    await this.look(productId);
    await this.page.getByTestId('add-to-cart').click();
    await this.page.getByTestId('added').getByText('in your cart').waitFor();
  }

  async signIn(email: string): Promise<void> {
    await this.page.getByTestId('sign-in-link').click();
    await this.page.getByTestId('sign-in-email').fill(email);
    await this.page.getByTestId('sign-in-submit').click();
    await this.page.getByTestId('account-name').waitFor();
  }

  /** As one of the demonstration's customers: `ann`. */
  async signInAs(customer: string, next = '/'): Promise<void> {
    await this.enter(`/sign-in?next=${encodeURIComponent(next)}`);
    await this.page.getByTestId(`customer-${customer}`).click();
    await this.page.getByTestId('account-name').waitFor();
  }

  /** @returns the order's id */
  async buy(): Promise<string> {
    await this.page.getByTestId('cart-link').click();
    await this.page.getByTestId('checkout').click();
    await this.page.getByTestId('buy').click();
    return (await this.page.getByTestId('order-id').textContent()) ?? '';
  }

  /** The id the web SDK keeps for this browser. */
  anonymousId(): Promise<string> {
    return this.page.evaluate<string>(
      `localStorage.getItem(Object.keys(localStorage).find((key) => key.endsWith(':anonymousId')) ?? '') ?? ''`,
    );
  }
}
