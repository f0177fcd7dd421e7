import { useEffect, useState } from 'react';
import type { FormEvent, ReactNode } from 'react';
import { categories } from '../../catalogue/product.js';
import { Link, useRouter } from '../router.js';
import { useAccount } from './account.js';
import { useCart } from './cart.js';
import { useText } from '../texts/use-text.js';
import { useUsedOffers } from './used-offers.js';

export function Header({ drawer, onDrawer }: { drawer: boolean; onDrawer: () => void }): ReactNode {
  const text = useText();
  const { place } = useRouter();
  const { count } = useCart();
  return (
    <header className="header">
      <a className="skip" href="#content">
        {text('skip')}
      </a>
      <div className="header-inner">
        <Link to="/" className="wordmark" aria-label={text('home')} data-testid="home-link">
          <img src="/shop/art/mark.svg" alt="" width="34" height="34" />
          <span>Fieldnote</span>
        </Link>
        <nav aria-label={text('categories')}>
          {categories.map((category) => (
            <Link
              key={category}
              to={`/c/${category}`}
              aria-current={place.path === `/c/${category}` ? 'page' : undefined}
              data-testid={`nav-${category}`}
            >
              {text(category)}
            </Link>
          ))}
        </nav>
        <Search />
        <button
          type="button"
          className="drawer-switch"
          aria-expanded={drawer}
          aria-controls="drawer"
          aria-label={text('happened')}
          title={text('happened')}
          onClick={onDrawer}
          data-testid="drawer-switch"
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 13h4l2.5-7 4 13 2.5-6H21" />
          </svg>
        </button>
        <AccountMenu />
        <Link to="/cart" className="cart-link" aria-label={text('cartOf', { count })} data-testid="cart-link">
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M5 8h14l-1.2 11.5H6.2L5 8Zm3.5 0a3.5 3.5 0 0 1 7 0" />
          </svg>
          <span className="cart-count" data-testid="cart-count" data-empty={count === 0}>
            {count}
          </span>
        </Link>
      </div>
    </header>
  );
}

function Search(): ReactNode {
  const text = useText();
  const { place, go } = useRouter();
  const asked = place.path === '/search' ? (place.query.get('q') ?? '') : '';
  const [words, setWords] = useState(asked);
  useEffect(() => setWords(asked), [asked]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim()) go(`/search?q=${encodeURIComponent(words.trim())}`);
  };
  return (
    <form className="search" role="search" onSubmit={submit}>
      <label className="visually-hidden" htmlFor="search">
        {text('searchShop')}
      </label>
      <input
        id="search"
        type="search"
        placeholder={text('search')}
        maxLength={80}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        data-testid="search"
      />
    </form>
  );
}

function AccountMenu(): ReactNode {
  const text = useText();
  const { user, signOut } = useAccount();
  const { startOver } = useCart();
  const { clear } = useUsedOffers();
  const { go } = useRouter();
  if (!user)
    return (
      <Link to="/sign-in" className="text-link" data-testid="sign-in-link">
        {text('signIn')}
      </Link>
    );
  const leave = async (): Promise<void> => {
    await signOut();
    startOver();
    clear();
    go('/');
  };
  return (
    <div className="account">
      <Link to="/account" data-testid="account-name" title={user.email}>
        {user.name}
      </Link>
      <button type="button" className="text-link" onClick={() => void leave()} data-testid="sign-out">
        {text('signOut')}
      </button>
    </div>
  );
}
